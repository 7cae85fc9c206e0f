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
 * What the receipts of a run say of one of its actions. Filled receipt by receipt; for one thread.
 */
final class RunAction {

    private final UUID id;

    private final String name;

    private @Nullable String parent;

    private Reversibility reversibility = Reversibility.IRREVERSIBLE;

    /** The log in which it was let through. */
    private String log = "";

    private boolean ran;

    private boolean observed;

    private boolean settled;

    private @Nullable String outcome;

    private Map<?, ?> detail = Map.of();

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
            @Nullable String digest) {}

    void add(Receipt receipt) {
        Map<String, @Nullable Object> fields = receipt.fields();
        if (fields.get("reversibility") instanceof String word) {
            this.reversibility = Reversibility.valueOf(word);
        }
        if (receipt.kind() == ReceiptKind.DECIDED) {
            this.log = receipt.log();
            this.ran |= receipt.letsRun();
            this.observed |= "observe".equals(fields.get("mode"));
            this.parent = (fields.get("parent_action_id") instanceof String text) ? text : null;
        } else {
            this.ran = true;
            this.settled = true;
            this.outcome = (fields.get("outcome") instanceof String status) ? status : null;
            this.detail = (fields.get("outcome_detail") instanceof Map<?, ?> map) ? map : Map.of();
            this.steps = steps(fields.get("actions_taken"));
        }
    }

    private List<TakenStep> steps(@Nullable Object taken) {
        List<TakenStep> read = new ArrayList<>();
        if (taken instanceof List<?> list) {
            for (Object element : list) {
                if (!(element instanceof Map<?, ?> step)) {
                    throw unreadable();
                }
                read.add(step(step));
            }
        }
        return read;
    }

    private TakenStep step(Map<?, ?> step) {
        if (step.get("action") instanceof String action && step.get("reversibility") instanceof String word) {
            try {
                return new TakenStep(
                        action,
                        Boolean.TRUE.equals(step.get("success")),
                        step.get("already_done") != null,
                        Reversibility.valueOf(word),
                        Positions.read(step.get("position")),
                        (step.get("undo_digest") instanceof String digest) ? digest : null);
            } catch (IllegalArgumentException ex) {
                throw unreadable();
            }
        }
        throw unreadable();
    }

    private RefusedException unreadable() {
        return new RefusedException("The receipt of action " + this.name + " lists a step that can't be read.");
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

    /** Whether it was let through. */
    boolean ran() {
        return this.ran;
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
        return "ROLLED_BACK".equals(this.detail.get("transaction"));
    }

    /** Whether a transaction around it may have kept its changes. */
    boolean transactionMayHaveCommitted() {
        return this.detail.get("transaction") != null && !transactionRolledBack();
    }

    List<TakenStep> steps() {
        return this.steps;
    }
}
