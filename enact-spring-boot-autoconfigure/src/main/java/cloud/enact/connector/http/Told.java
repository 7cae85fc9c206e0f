package cloud.enact.connector.http;

import cloud.enact.action.Printable;
import cloud.enact.connector.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of an answer that is not what was asked for: its status, and what the vendor says of it. Immutable. */
final class Told {

    private static final int LONGEST = 200;

    private final List<Pointer> errors;

    private final Credentials credentials;

    Told(HttpApi api) {
        this.errors = api.errors();
        this.credentials = api.credentials();
    }

    ConnectorException refused(Call call, Answer answer) {
        return new ConnectorException(sentence(call, answer));
    }

    /** Such as {@code POST /tickets was answered with 422 (InvalidTitle, Title is too long)}. */
    String sentence(Call call, Answer answer) {
        StringBuilder text = new StringBuilder(call.told());
        if (answer.status() == 429 || answer.retryAfter() != null && !answer.isSuccess()) {
            String wait = answer.retryAfter();
            text.append(" was answered with ").append(answer.status()).append(": too many requests, or too busy; ");
            return text.append(
                            (wait != null && wait.length() < 32)
                                    ? "try again after " + clean(wait) + (isNumber(wait) ? " seconds" : "")
                                    : "try again later")
                    .toString();
        }
        text.append(" was answered with ").append(answer.status());
        if (answer.status() / 100 == 3) {
            text.append(", a redirect, which is not followed");
        }
        List<String> vendor = new ArrayList<>();
        for (Pointer pointer : this.errors) {
            Object value = pointer.in(answer.document());
            if (value != null && value != Values.ABSENT && !(value instanceof Map<?, ?>)) {
                vendor.add(clean(value instanceof List<?> ? Json.write(value) : value.toString()));
            }
        }
        return vendor.isEmpty()
                ? text.toString()
                : text.append(" (")
                        .append(String.join(", ", vendor))
                        .append(')')
                        .toString();
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Text of the remote system for people and models: short, on one line, and without what it knows from us. */
    String clean(@Nullable String text) {
        return Printable.line(this.credentials.without(String.valueOf(text)), LONGEST);
    }
}
