package cloud.enact.connector.http;

import cloud.enact.action.Reversibility;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one operation of a declaration. */
final class OperationReader {

    static final String IDEMPOTENCY = "idempotency";

    private static final String[] KEYS = {
        "description",
        "arguments",
        "request",
        IDEMPOTENCY,
        "success",
        "refused",
        "result",
        "capture",
        "after",
        "probe",
        "undo",
        "reversibility",
        "already-done"
    };

    private final String id;

    private final Place place;

    private final Variables variables;

    private final Map<String, Place> members;

    private final DeclaredArguments arguments;

    /** What the request of the operation itself knows. */
    private final OperationScope asked;

    OperationReader(String id, Place place, Variables variables) {
        this.id = id;
        this.place = place;
        this.variables = variables;
        this.members = place.members(KEYS);
        this.arguments = DeclaredArguments.read(this.members.get("arguments"));
        this.asked = new OperationScope(this.arguments, Map.of(), Set.of());
    }

    HttpOperation read() {
        Place declared = RequestTemplate.required(this.place, this.members, "request");
        // the request is read twice, because whether it deletes is known before what it may name
        boolean deletes = method(declared).equals("DELETE");
        Look capture = look("capture", deletes, this.asked);
        OperationScope captured = new OperationScope(this.arguments, before(capture), Set.of());
        RequestTemplate request = RequestTemplate.read(declared, this.variables, captured);
        Map<String, Pointer> result = pointers(this.members.get("result"));
        OperationScope done = new OperationScope(this.arguments, before(capture), result.keySet());
        Look after = look("after", deletes, done);
        Place refused = this.members.get("refused");
        Probe probe = probe(captured, result.keySet());
        Place undone = this.members.get("undo");
        UndoRule undo = (undone != null) ? new UndoReader(undone, this.variables, done, capture, after).read() : null;
        Place described = this.members.get("description");
        if (request.ifMatch() && capture == null) {
            throw declared.wrong("can't have 'if-match' without 'capture'", "Declare what is read before the change.");
        }
        Condition success = Condition.read(this.members.get("success"), this.variables, this.asked);
        return new HttpOperation(
                this.id,
                reversibility(request, capture, undo),
                (described != null) ? described.text() : this.id,
                this.arguments,
                request,
                idempotency(captured),
                (success != null) ? success : Condition.SUCCESS,
                Condition.read(refused, this.variables, this.asked),
                result,
                capture,
                after,
                probe,
                undo,
                alreadyDone(capture));
    }

    private static String method(Place request) {
        if (request.isText()) {
            return request.text().strip().split(" ", 2)[0];
        }
        Place method = request.members().get("method");
        return (method != null) ? method.text() : "";
    }

    private @Nullable Look look(String key, boolean deletes, OperationScope scope) {
        Place look = this.members.get(key);
        return (look != null) ? Look.read(look, this.arguments, deletes, this.variables, scope) : null;
    }

    private static Map<String, Boolean> before(@Nullable Look capture) {
        Map<String, Boolean> before = new HashMap<>();
        if (capture != null) {
            capture.fields().forEach(field -> before.put(field.name(), field.when() == null));
        }
        return before;
    }

    static Map<String, Pointer> pointers(@Nullable Place place) {
        Map<String, Pointer> pointers = new LinkedHashMap<>();
        if (place != null) {
            place.members().forEach((name, pointer) -> pointers.put(name, Pointer.read(pointer)));
        }
        return pointers;
    }

    private HttpOperation.@Nullable Idempotency idempotency(OperationScope scope) {
        Place declared = this.members.get(IDEMPOTENCY);
        if (declared == null) {
            return null;
        }
        Map<String, Place> keys = declared.members("header", "value");
        Place header = RequestTemplate.required(declared, keys, "header");
        Place value = keys.get("value");
        Template key = (value != null)
                ? Template.read(value, this.variables).in(scope, value)
                : Template.read(header, "{step.key}", this.variables);
        return new HttpOperation.Idempotency(Headers.name(header, header.text()), key);
    }

    private @Nullable Probe probe(OperationScope scope, Set<String> results) {
        Place declared = this.members.get("probe");
        if (declared == null) {
            return null;
        }
        Map<String, Place> keys = declared.members("request", "status", "json", "result");
        Map<String, Pointer> result = pointers(keys.get("result"));
        if (!result.keySet().containsAll(results) || result.isEmpty() && !keys.containsKey("json")) {
            throw declared.wrong(
                    "must say where it finds what 'result' names",
                    "Add 'result' with " + results + ", or 'json' when there is none.");
        }
        Place request = RequestTemplate.required(declared, keys, "request");
        Probe probe = new Probe(
                Look.reading(request, this.variables, scope), Condition.read(keys, this.variables, scope), result);
        if (probe.isAnybodys()) {
            throw declared.wrong(
                    "takes what is first in a list, whoever made it",
                    "Add 'json' with what only this step left, such as /orders/0/reference: \"{step.key}\".");
        }
        return probe;
    }

    private Reversibility reversibility(RequestTemplate request, @Nullable Look capture, @Nullable UndoRule undo) {
        Place said = this.members.get("reversibility");
        Reversibility derived = request.isRead()
                ? Reversibility.READ_ONLY
                : (undo == null)
                        ? Reversibility.IRREVERSIBLE
                        : (capture != null) ? Reversibility.REVERSIBLE : Reversibility.COMPENSATABLE;
        if (request.isRead() && (undo != null || capture != null)) {
            throw this.place.wrong("reads, so there is nothing to undo", "Remove 'capture' and 'undo'.");
        }
        if (said == null) {
            return derived;
        }
        Reversibility wanted =
                Reversibility.valueOf(said.choice("read-only", "reversible", "compensatable", "irreversible")
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT));
        boolean undoable = wanted == Reversibility.REVERSIBLE || wanted == Reversibility.COMPENSATABLE;
        if (undoable != (undo != null)) {
            throw said.wrong(
                    undoable
                            ? "says it can be undone, and nothing says how"
                            : "says it can't be undone, and 'undo' how",
                    "Correct one of them.");
        }
        return wanted;
    }

    private @Nullable String alreadyDone(@Nullable Look capture) {
        Place said = this.members.get("already-done");
        if (said != null && capture == null) {
            throw said.wrong("needs 'capture'", "Nobody can tell that something is done without looking.");
        }
        return (said != null) ? said.text() : null;
    }
}
