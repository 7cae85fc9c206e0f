package cloud.enact.connector.http;

import cloud.enact.action.Arguments;
import cloud.enact.connector.ConnectorException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API behind one connector instance. Thread-safe. */
final class Remote implements Eye {

    private static final int LONGEST_RESULT = 16_384;

    private final HttpApi api;

    private final Transport transport;

    private final Told told;

    Remote(HttpApi api, Transport transport) {
        this.api = api;
        this.transport = transport;
        this.told = new Told(api);
    }

    HttpApi api() {
        return this.api;
    }

    String baseUrl() {
        return this.transport.base().toString();
    }

    Told told() {
        return this.told;
    }

    @Override
    public Answer look(Call call) {
        Answer answer = this.transport.send(call, true);
        requireWhole(call, answer);
        return answer;
    }

    Answer send(Call call, boolean repeatable) {
        return this.transport.send(call, repeatable);
    }

    /** What is there, with an answer that says so. */
    State state(Look look, Call call, Answer answer, Values values) {
        if (!look.says(answer)) {
            throw this.told.refused(call, answer);
        }
        if (!look.gone().contains(answer.status())
                && answer.document() == Values.ABSENT
                && !look.fields().isEmpty()) {
            throw new ConnectorException(call.told() + " was not answered with JSON");
        }
        return look.state(answer, values);
    }

    static void requireWhole(Call call, Answer answer) {
        if (answer.tooLarge()) {
            throw new ConnectorException(call.told() + " has a larger answer than is read; ask for less");
        }
    }

    /** What is taken from an answer; what isn't there, or is too large to keep, is left out. */
    static Map<String, @Nullable Object> result(Map<String, Pointer> pointers, Answer answer, boolean whole) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        pointers.forEach((name, pointer) -> {
            Object value = pointer.in(answer.document());
            if (value != Values.ABSENT
                    && value != null
                    && (whole || Json.write(value).length() <= LONGEST_RESULT)) {
                result.put(name, value);
            }
        });
        return Arguments.freeze(result);
    }
}
