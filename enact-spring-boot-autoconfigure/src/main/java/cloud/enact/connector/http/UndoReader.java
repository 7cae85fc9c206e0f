package cloud.enact.connector.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how an operation is taken back. */
final class UndoReader {

    private static final String REQUEST = "request";

    private final Place place;

    private final Variables variables;

    private final OperationScope scope;

    private final @Nullable Look capture;

    private final @Nullable Look after;

    UndoReader(Place place, Variables variables, OperationScope scope, @Nullable Look capture, @Nullable Look after) {
        this.place = place;
        this.variables = variables;
        this.scope = scope;
        this.capture = capture;
        this.after = after;
    }

    UndoRule read() {
        Map<String, Place> keys = this.place.isText()
                ? Map.of(REQUEST, this.place)
                : this.place.members(
                        REQUEST,
                        OperationReader.IDEMPOTENCY,
                        "success",
                        "already",
                        "result",
                        "verify",
                        "unconditional");
        Place already = keys.get("already");
        Condition success = Condition.read(keys.get("success"), this.variables, this.scope);
        UndoRule.Verify verify = verify(keys.get("verify"));
        UndoRule rule = new UndoRule(
                request(RequestTemplate.required(this.place, keys, REQUEST)),
                idempotency(keys.get(OperationReader.IDEMPOTENCY)),
                (success != null) ? success : Condition.SUCCESS,
                (already != null) ? already.statuses() : List.of(),
                OperationReader.pointers(keys.get("result")),
                verify);
        requireReadBack(verify);
        Place unconditional = keys.get("unconditional");
        requireLaterWorkSeen(unconditional != null && unconditional.flag());
        return rule;
    }

    private RequestTemplate request(Place requested) {
        RequestTemplate request = RequestTemplate.read(requested, this.variables, this.scope);
        if (request.isRead()) {
            throw requested.wrong("reads, so it undoes nothing", "Name the request that takes the change back.");
        }
        if (request.ifMatch() && this.capture == null && this.after == null) {
            throw requested.wrong("can't have 'if-match' without 'capture' or 'after'", "Remove it.");
        }
        return request;
    }

    private static @Nullable String idempotency(@Nullable Place once) {
        if (once == null) {
            return null;
        }
        Place header = RequestTemplate.required(once, once.members("header"), "header");
        return Headers.name(header, header.text());
    }

    private UndoRule.@Nullable Verify verify(@Nullable Place declared) {
        if (declared == null) {
            return null;
        }
        Map<String, Place> keys = declared.members(REQUEST, "status", "json");
        Place request = RequestTemplate.required(declared, keys, REQUEST);
        if (!keys.containsKey("status") && !keys.containsKey("json")) {
            throw declared.wrong("must say what the answer is when it is undone", "Add 'status' or 'json'.");
        }
        return new UndoRule.Verify(
                Look.reading(request, this.variables, this.scope), Condition.read(keys, this.variables, this.scope));
    }

    /** What can't be seen can't be called undone. */
    private void requireReadBack(UndoRule.@Nullable Verify verify) {
        if (verify == null && !tells(this.capture) && this.after == null) {
            throw this.place.wrong(
                    "can't be read back", "Add 'verify' with a request and what its answer is when it is undone.");
        }
    }

    /** Nobody loses later work without having said so. */
    private void requireLaterWorkSeen(boolean unconditional) {
        if (!unconditional && !tells((this.after != null) ? this.after : this.capture)) {
            throw this.place.wrong(
                    "can't see whether somebody changed it since",
                    "Add 'after' with a request and the fields to compare, or 'unconditional: true' where later"
                            + " changes may be lost.");
        }
    }

    private static boolean tells(@Nullable Look look) {
        return look != null && (look.leavesGone() || !look.fields().isEmpty());
    }
}
