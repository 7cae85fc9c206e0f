package cloud.enact.connector.http;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorOperation;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation as it is declared.
 *
 * @param id its name
 * @param reversibility whether it can be taken back
 * @param description what it does, for a model
 * @param declared its arguments
 * @param request what it sends
 * @param idempotency header that makes the change once, or {@code null}
 * @param success what the answer must be like
 * @param refused an answer that says it changed nothing, or {@code null} when only status codes say so
 * @param result what is taken from the answer
 * @param capture where it looks before the change, or {@code null}
 * @param after where it looks after the change, or {@code null}
 * @param probe how to find out whether it took effect, or {@code null}
 * @param undo how it is taken back, or {@code null}
 * @param alreadyDone what is said when nothing is left to do, or {@code null} when it is done again
 */
record HttpOperation(
        String id,
        Reversibility reversibility,
        String description,
        DeclaredArguments declared,
        RequestTemplate request,
        @Nullable Idempotency idempotency,
        Condition success,
        @Nullable Condition refused,
        Map<String, Pointer> result,
        @Nullable Look capture,
        @Nullable Look after,
        @Nullable Probe probe,
        @Nullable UndoRule undo,
        @Nullable String alreadyDone)
        implements ConnectorOperation {

    @Override
    public Set<String> arguments() {
        return this.declared.names();
    }

    boolean isRead() {
        return this.reversibility == Reversibility.READ_ONLY;
    }

    /** Where it is seen what the change left, or {@code null}. */
    @Nullable
    Look look() {
        return (this.after != null) ? this.after : this.capture;
    }

    /**
     * A header by which a server takes the second of two equal requests for the first.
     *
     * @param header its name
     * @param value its value
     */
    record Idempotency(String header, Template value) {}
}
