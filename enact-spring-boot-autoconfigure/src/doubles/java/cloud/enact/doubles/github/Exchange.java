package cloud.enact.doubles.github;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request and its answer on the wire, with whatever goes wrong between them. */
final class Exchange {

    private final HttpExchange http;

    private final List<Fault> faults;

    private final String scopes;

    Exchange(HttpExchange http, List<Fault> faults, String scopes) {
        this.http = http;
        this.faults = faults;
        this.scopes = scopes;
    }

    /** Carries out and answers; closing the exchange without an answer closes the connection. */
    void run(Supplier<Answer> action) throws IOException {
        this.faults.forEach(Fault::before);
        if (isOn(Fault.Wire.NO_REQUEST)) {
            return;
        }
        Answer instead = instead();
        Answer answer = instead == null || isOn(Fault.Wire.OTHER_ANSWER) ? action.get() : instead;
        this.faults.forEach(Fault::after);
        if (!isOn(Fault.Wire.NO_RESPONSE)) {
            send(instead == null ? answer : instead);
        }
    }

    private @Nullable Answer instead() {
        for (Fault fault : this.faults) {
            Answer answer = fault.answer();
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    private boolean isOn(Fault.Wire wire) {
        return this.faults.stream().anyMatch(fault -> fault.wire() == wire);
    }

    private void send(Answer answer) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(Map.of(
                "Content-Type", "application/json; charset=utf-8",
                "X-OAuth-Scopes", this.scopes,
                "X-RateLimit-Limit", "5000",
                "X-RateLimit-Remaining", "4999",
                "X-RateLimit-Reset", "4102444800"));
        headers.putAll(answer.headers());
        headers.forEach(this.http.getResponseHeaders()::set);
        byte[] body = answer.body() == null ? new byte[0] : Json.write(answer.body());
        this.http.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            this.http.getResponseBody().write(body, 0, isOn(Fault.Wire.CUT) ? body.length / 2 : body.length);
            this.http.getResponseBody().flush();
        }
    }
}
