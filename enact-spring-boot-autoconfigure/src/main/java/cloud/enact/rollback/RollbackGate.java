package cloud.enact.rollback;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a run may be rolled back, before anything is undone. Thread-safe. */
@FunctionalInterface
public interface RollbackGate {

    /** Lets every rollback pass. */
    RollbackGate OPEN = wish -> new Permission(true, List.of(), Map.of());

    /** Answers; never throws. */
    Permission ask(Wish wish);

    /**
     * What somebody wants to be undone.
     *
     * @param runId the run
     * @param redo whether the run is itself a rollback, so that what it took back comes again
     * @param actor who asks
     * @param reason why, or {@code null}
     * @param systems names of the systems that would be changed
     * @param steps how many steps would be undone
     * @param irreversible how many steps nothing brings back
     * @param selected whether only some of the steps are to be undone
     */
    record Wish(
            RunId runId,
            boolean redo,
            Actor actor,
            @Nullable String reason,
            Set<String> systems,
            int steps,
            int irreversible,
            boolean selected) {

        public Wish {
            systems = Set.copyOf(systems);
        }
    }

    /**
     * The answer.
     *
     * @param granted whether it may happen
     * @param reasons sentences that say why not; also those of an answer that is only observed
     * @param record what a receipt keeps of the decision, as JSON-like values; empty when nobody was asked
     */
    record Permission(boolean granted, List<String> reasons, Map<String, @Nullable Object> record) {

        public Permission {
            reasons = List.copyOf(reasons);
        }
    }
}
