package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signed record of one thing that happened: its exact bytes, and what they say. Immutable. */
public final class Receipt {

    private final String log;

    private final long seq;

    private final ReceiptKind kind;

    private final RunId runId;

    private final UUID actionId;

    private final Instant timestamp;

    private final String action;

    private final String actor;

    private final @Nullable String decision;

    private final byte[] bytes;

    Receipt(
            String log,
            long seq,
            ReceiptKind kind,
            RunId runId,
            UUID actionId,
            Instant timestamp,
            String action,
            String actor,
            @Nullable String decision,
            byte[] bytes) {
        this.log = log;
        this.seq = seq;
        this.kind = kind;
        this.runId = runId;
        this.actionId = actionId;
        this.timestamp = timestamp;
        this.action = action;
        this.actor = actor;
        this.decision = decision;
        this.bytes = bytes;
    }

    public String log() {
        return this.log;
    }

    public long seq() {
        return this.seq;
    }

    public ReceiptKind kind() {
        return this.kind;
    }

    public RunId runId() {
        return this.runId;
    }

    public UUID actionId() {
        return this.actionId;
    }

    public Instant timestamp() {
        return this.timestamp;
    }

    public String action() {
        return this.action;
    }

    /** Id of the actor. */
    public String actor() {
        return this.actor;
    }

    public @Nullable String decision() {
        return this.decision;
    }

    /** A copy of the exact bytes that are stored, hashed into the next receipt, and signed but for the signature. */
    public byte[] bytes() {
        return this.bytes.clone();
    }

    /** Everything the bytes say, as JSON-like values. */
    public Map<String, @Nullable Object> fields() {
        throw new UnsupportedOperationException();
    }
}
