package cloud.enact.rollback;

import cloud.enact.action.Reversibility;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the receipts of a run say of one of its actions that was let through, or ran without being let through. Filled
 * receipt by receipt; for one thread.
 */
final class RunAction {

    private final UUID id;

    private final String name;

    private @Nullable String parent;

    private Reversibility reversibility = Reversibility.IRREVERSIBLE;

    /** The log in which it was let through. */
    private String log = "";

    private boolean observed;

    private boolean settled;

    private @Nullable String outcome;

    private @Nullable Object transaction;

    private List<TakenStep> steps = List.of();

    RunAction(UUID id, String name) {
        this.id = id;
        this.name = name;
    }

    /**
     * A step as the receipt of its action tells it.
     *
     * @param position position in the undo log, or {@code null} when nothing was captured
     * @param digest digest of the undo record, or {@code null} when nothing was captured
     */
    record TakenStep(
            String action,
            boolean success,
            boolean alreadyDone,
            Reversibility reversibility,
            @Nullable Long position,
            @Nullable String digest) {

        private static List<TakenStep> all(String name, @Nullable Object taken) {
            List<TakenStep> read = new ArrayList<>();
            if (taken instanceof List<?> list) {
                for (Object element : list) {
                    TakenStep step = (element instanceof Map<?, ?> map) ? read(map) : null;
                    if (step == null) {
                        throw new RefusedException(
                                "The receipt of action " + name + " lists a step that can't be read.");
                    }
                    read.add(step);
                }
            }
            return List.copyOf(read);
        }

        private static @Nullable TakenStep read(Map<?, ?> step) {
            if (!(step.get("action") instanceof String action && step.get("reversibility") instanceof String word)) {
                return null;
            }
            try {
                return new TakenStep(
                        action,
                        Boolean.TRUE.equals(step.get("success")),
                        step.get("already_done") != null,
                        Reversibility.valueOf(word),
                        Positions.read(step.get("position")),
                        (step.get("undo_digest") instanceof String digest) ? digest : null);
            } catch (IllegalArgumentException ex) {
                return null;
            }
        }
    }

    /**
     * What one receipt says of its action. So little of it is kept that those of a run whose agent asked for much still
     * fit into memory.
     *
     * @param letsRun whether it let the action run; otherwise it tells how the action ended
     * @param transaction how a transaction around the action ended, or {@code null}
     */
    record Told(
            UUID id,
            String name,
            String log,
            boolean letsRun,
            boolean observed,
            @Nullable String parent,
            @Nullable Reversibility reversibility,
            @Nullable String outcome,
            @Nullable Object transaction,
            List<TakenStep> steps) {

        /**
         * Reads a receipt.
         *
         * @throws RefusedException when it lists a step that can't be read
         */
        static Told of(Receipt receipt) {
            Map<String, @Nullable Object> fields = receipt.fields();
            return new Told(
                    receipt.actionId(),
                    receipt.action(),
                    receipt.log(),
                    receipt.letsRun(),
                    "observe".equals(fields.get("mode")),
                    (fields.get("parent_action_id") instanceof String text) ? text : null,
                    (fields.get("reversibility") instanceof String word) ? Reversibility.valueOf(word) : null,
                    outcomeOf(receipt),
                    (fields.get("outcome_detail") instanceof Map<?, ?> detail) ? detail.get("transaction") : null,
                    TakenStep.all(receipt.action(), fields.get("actions_taken")));
        }
    }

    /** What failed without having been let through may have done a part, which nobody captured. */
    private static @Nullable String outcomeOf(Receipt receipt) {
        Object outcome = receipt.fields().get("outcome");
        boolean known = receipt.kind() != ReceiptKind.GAP || "SUCCEEDED".equals(outcome);
        return (known && outcome instanceof String status) ? status : null;
    }

    void add(Told told) {
        this.reversibility = (told.reversibility() != null) ? told.reversibility() : this.reversibility;
        if (told.letsRun()) {
            this.log = told.log();
            this.observed |= told.observed();
            this.parent = told.parent();
        } else {
            this.settled = true;
            this.outcome = told.outcome();
            this.transaction = told.transaction();
            this.steps = told.steps();
        }
    }

    UUID id() {
        return this.id;
    }

    String name() {
        return this.name;
    }

    String log() {
        return this.log;
    }

    /** Id of the action it was made from, or {@code null}. */
    @Nullable
    String parent() {
        return this.parent;
    }

    Reversibility reversibility() {
        return this.reversibility;
    }

    /** Whether nothing was stopped at the time, not even what could not be captured. */
    boolean observed() {
        return this.observed;
    }

    /** Whether a receipt tells how it ended. */
    boolean settled() {
        return this.settled;
    }

    /** {@code SUCCEEDED}, {@code FAILED} or {@code UNKNOWN}; the last for an outcome that was lost, too. */
    String status() {
        return (this.outcome != null) ? this.outcome : "UNKNOWN";
    }

    /** Whether a transaction around it is known to have taken its changes back. */
    boolean transactionRolledBack() {
        return "ROLLED_BACK".equals(this.transaction);
    }

    /** Whether a transaction around it may have kept its changes. */
    boolean transactionMayHaveCommitted() {
        return this.transaction != null && !transactionRolledBack();
    }

    List<TakenStep> steps() {
        return this.steps;
    }
}
