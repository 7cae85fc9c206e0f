package cloud.enact.undo;

import java.util.Set;

/**
 * What somebody decided beforehand about what stands in the way of undoing. A row or table is named as reports name
 * it: {@code public.orders}, {@code public.orders#<row>}.
 *
 * @param forcedSteps positions of steps that are restored even over later changes
 * @param forcedRows tables and rows that are
 * @param skippedRows tables and rows that are left as they are where somebody changed them
 */
public record UndoChoices(Set<Long> forcedSteps, Set<String> forcedRows, Set<String> skippedRows) {

    public UndoChoices {
        forcedSteps = Set.copyOf(forcedSteps);
        forcedRows = Set.copyOf(forcedRows);
        skippedRows = Set.copyOf(skippedRows);
    }

    /** No decision: any conflict stops the rollback. */
    public static UndoChoices none() {
        return new UndoChoices(Set.of(), Set.of(), Set.of());
    }

    /** Whether the step is restored whatever is there. */
    public boolean forces(long position) {
        return this.forcedSteps.contains(position);
    }
}
