package cloud.enact.undo;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.encryption.DataKey;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A step that waits to become durable. Guarded by the writing lock of its log. */
public final class PendingStep {

    private final RunId runId;

    private final UUID actionId;

    private final String connector;

    private final String operation;

    private final Map<String, @Nullable Object> args;

    private final Reversibility reversibility;

    private final Capture capture;

    private final @Nullable DataKey key;

    private final List<UndoLog.Claim> claims;

    private @Nullable UndoRecord record;

    private @Nullable RuntimeException failure;

    private boolean settled;

    PendingStep(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture,
            @Nullable DataKey key,
            List<UndoLog.Claim> claims) {
        this.runId = runId;
        this.actionId = actionId;
        this.connector = connector;
        this.operation = operation;
        this.args = args;
        this.reversibility = reversibility;
        this.capture = capture;
        this.key = key;
        this.claims = claims;
    }

    /** The run. */
    public RunId runId() {
        return this.runId;
    }

    /** Claims that must not be lost when it is written. */
    public List<UndoLog.Claim> claims() {
        return this.claims;
    }

    /**
     * Writes the document for a position, or notes why it can't be: one caller's bad record must not fail the others.
     * What is written is read at once, so that a record nobody can read back stops its step.
     */
    public UndoDocuments.@Nullable Sealed write(UndoDocuments documents, long position) {
        try {
            UndoDocuments.Sealed begun = documents.begun(
                    position,
                    this.runId,
                    this.actionId,
                    this.connector,
                    this.operation,
                    this.args,
                    this.reversibility,
                    this.capture,
                    this.key);
            this.record = documents.read(position, this.runId, begun, null);
            return begun;
        } catch (RuntimeException ex) {
            failed(ex);
            return null;
        }
    }

    void committed() {
        this.settled = true;
    }

    /** Notes that it was not written. The first reason counts. */
    public void failed(RuntimeException why) {
        if (this.failure == null) {
            this.failure = why;
        }
        this.settled = true;
    }

    boolean settled() {
        return this.settled;
    }

    UndoRecord outcome() {
        if (this.failure != null) {
            // each caller gets an exception with its own stack
            throw new UndoLogException(
                    (this.failure instanceof UndoLogException)
                            ? String.valueOf(this.failure.getMessage())
                            : "The undo log can't be written, so the step is not done",
                    this.failure);
        }
        if (this.record == null) {
            throw new IllegalStateException("A settled step has a record or a failure");
        }
        return this.record;
    }
}
