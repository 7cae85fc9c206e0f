package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.RestoredRows;
import cloud.enact.undo.StepRestoration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adds lines up to a result, and puts it into a sentence. */
final class Summary {

    private final Map<Restoration, Integer> counts = new EnumMap<>(Restoration.class);

    private final long skippedRows;

    private final boolean complete;

    Summary(List<StepRestoration> lines) {
        lines.forEach(line -> this.counts.merge(line.restoration(), 1, Integer::sum));
        List<RestoredRows> rows = lines.stream()
                .map(StepRestoration::rows)
                .filter(Objects::nonNull)
                .toList();
        this.skippedRows = rows.stream().mapToLong(RestoredRows::skipped).sum();
        this.complete = rows.stream().allMatch(RestoredRows::isComplete);
    }

    private int count(Restoration restoration) {
        return this.counts.getOrDefault(restoration, 0);
    }

    /**
     * The result.
     *
     * @param tried whether undoing any step was, or in a preview would be, tried
     */
    RollbackResult result(boolean tried) {
        int back = count(Restoration.RESTORED) + count(Restoration.ALREADY_RESTORED);
        int stuck = count(Restoration.CONFLICT) + count(Restoration.FAILED);
        if (stuck > 0 && !tried && back == 0) {
            return RollbackResult.REFUSED;
        }
        if (stuck > 0 || count(Restoration.SKIPPED) > 0 || !this.complete) {
            return RollbackResult.PARTIAL;
        }
        if (count(Restoration.IRREVERSIBLE) > 0) {
            return (back + count(Restoration.PENDING) > 0) ? RollbackResult.PARTIAL : RollbackResult.NOTHING_TO_UNDO;
        }
        if (count(Restoration.PENDING) > 0) {
            return RollbackResult.PENDING;
        }
        return (back > 0) ? RollbackResult.ROLLED_BACK : RollbackResult.NOTHING_TO_UNDO;
    }

    /** A sentence for a rollback that was done. */
    String done(RunId runId, RollbackResult result) {
        return switch (result) {
            case ROLLED_BACK -> "Run " + runId + " is rolled back: " + counted() + ".";
            case PARTIAL -> "Run " + runId + " is rolled back in part: " + counted() + ". " + advice();
            case PENDING -> "Run " + runId + " waits for somebody: " + counted() + ". " + advice();
            case NOTHING_TO_UNDO -> nothing(runId);
            case REFUSED ->
                "Run " + runId + " was not rolled back and nothing was touched: " + counted() + ". " + advice();
        };
    }

    /** A sentence for a preview. */
    String wouldBe(RunId runId, RollbackResult result) {
        return switch (result) {
            case ROLLED_BACK -> "Run " + runId + " would be rolled back: " + counted() + ".";
            case PARTIAL -> "Run " + runId + " would be rolled back in part: " + counted() + ". " + advice();
            case PENDING -> "Run " + runId + " would wait for somebody: " + counted() + ". " + advice();
            case NOTHING_TO_UNDO -> nothing(runId);
            case REFUSED -> "A rollback of run " + runId + " would be refused: " + counted() + ". " + advice();
        };
    }

    /** A sentence for a rollback that was done before. */
    String repeated(RunId runId) {
        String rest = advice();
        return "Run " + runId + " was rolled back before: nothing was changed."
                + (rest.isEmpty() ? "" : " " + counted() + ". " + rest);
    }

    private String nothing(RunId runId) {
        return "Run " + runId + " holds nothing that could be undone."
                + (this.counts.isEmpty() ? "" : " " + counted() + ". " + advice());
    }

    private String counted() {
        List<String> parts = new ArrayList<>();
        this.counts.forEach((restoration, count) -> parts.add(count + " " + word(restoration)));
        if (this.skippedRows > 0) {
            parts.add(this.skippedRows + ((this.skippedRows == 1) ? " row" : " rows") + " left as they are");
        }
        return String.join(", ", parts);
    }

    private static String word(Restoration restoration) {
        return switch (restoration) {
            case RESTORED -> "restored";
            case ALREADY_RESTORED -> "restored already";
            case CONFLICT -> "changed by somebody since";
            case PENDING -> "waiting";
            case IRREVERSIBLE -> "irreversible";
            case FAILED -> "failed";
            case SKIPPED -> "left out";
        };
    }

    private String advice() {
        if (count(Restoration.CONFLICT) > 0) {
            return "Look at what is in conflict, then skip or force each step by its position, or its tables and rows by"
                    + " name.";
        }
        if (count(Restoration.FAILED) > 0) {
            return "Look at the failed steps, remove what stands in their way, and ask again.";
        }
        if (count(Restoration.PENDING) > 0) {
            return "See what each waiting step needs, and ask again when it is done.";
        }
        if (count(Restoration.IRREVERSIBLE) > 0) {
            return "What is irreversible needs a person: see the steps.";
        }
        return (count(Restoration.SKIPPED) > 0) ? "Ask again without skipping to undo what was left out." : "";
    }
}
