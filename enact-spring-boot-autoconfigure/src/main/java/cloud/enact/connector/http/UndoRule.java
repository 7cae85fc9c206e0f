package cloud.enact.connector.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a change is taken back.
 *
 * @param request the request that does it
 * @param idempotency header that makes it once, or {@code null}
 * @param success what its answer must be like
 * @param already status codes which say that nothing was left to undo
 * @param result what is kept of its answer
 * @param verify how to see that it was undone, or {@code null} when what was captured tells
 */
record UndoRule(
        RequestTemplate request,
        @Nullable String idempotency,
        Condition success,
        List<Integer> already,
        Map<String, Pointer> result,
        @Nullable Verify verify) {

    /**
     * What is so when a change is undone.
     *
     * @param request reads
     * @param condition what the answer must be like
     */
    record Verify(RequestTemplate request, Condition condition) {}
}
