package cloud.enact.undo;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the undo log: written before a step changes anything, never changed afterwards except for its state
 * and fingerprint.
 *
 * @param position place in the order of all steps of this log, ascending
 * @param runId the run
 * @param actionId the action
 * @param connector name of the connector instance that can undo it
 * @param operation the operation
 * @param args its arguments, unmasked (undo needs them); never leaves the undo log
 * @param reversibility whether it can be taken back
 * @param before the state to come back to
 * @param fingerprint what the step left behind, as expected before it ran or as found after it
 * @param state how far the step got
 * @param digest digest of the record's exact bytes as begun, {@code sha256:…}
 */
public record UndoRecord(
        long position,
        RunId runId,
        UUID actionId,
        String connector,
        String operation,
        Map<String, @Nullable Object> args,
        Reversibility reversibility,
        PreState before,
        Fingerprint fingerprint,
        State state,
        String digest) {

    /** Connector name of whole actions that are taken back by a method of their own bean. */
    public static final String METHOD = "method";

    /** How far a step got. */
    public enum State {
        /** Captured; whether the change happened is not known. */
        INTENT,
        /** The change happened. */
        DONE,
        /** The step threw; whether anything changed must be looked at. */
        FAILED
    }

    /** Whether arguments and captured state are erased, so that nothing brings the old state back. */
    public boolean isErased() {
        return this.before.equals(PreState.ERASED);
    }

    /** Name of the action this step is shown as. */
    public String action() {
        return this.connector.equals(METHOD) ? this.operation : this.connector + "." + this.operation;
    }
}
