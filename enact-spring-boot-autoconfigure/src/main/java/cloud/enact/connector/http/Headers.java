package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Headers that a declaration may send, and what may be in them. */
final class Headers {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    private static final int LONGEST = 4096;

    /** What the client says itself, and what could make one request two. */
    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "connection",
            "transfer-encoding",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "keep-alive",
            "cookie",
            "accept-encoding",
            "http2-settings",
            "if-match");

    private Headers() {}

    static Map<String, Template> templates(@Nullable Place place, Variables variables, Template.Scope scope) {
        Map<String, Template> templates = RequestTemplate.templates(place, variables, scope);
        if (place != null) {
            place.members().forEach((name, value) -> {
                name(value, name);
                if (name.equalsIgnoreCase("authorization")) {
                    throw value.wrong("is no place for a secret", "Use 'auth' of the whole declaration.");
                }
            });
        }
        return templates;
    }

    /** Headers that are the same for all requests. */
    static Map<String, String> fixed(@Nullable Place place, Variables variables) {
        Map<String, String> headers = new LinkedHashMap<>();
        templates(place, variables, new NoPlaceholders())
                .forEach((name, template) ->
                        headers.put(name, value(name, template.text(new Values(Map.of(), Map.of(), Map.of(), "")))));
        return headers;
    }

    static String name(Place place, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches() || RESERVED.contains(lower) || lower.startsWith("proxy-")) {
            throw place.wrong("is no header that may be sent", "Remove it.");
        }
        return name;
    }

    /** A value without anything that could end its line. */
    static String value(String name, String value) {
        if (value.length() > LONGEST || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new ConnectorException("The value of header " + name + " is too long, or not of plain ASCII");
        }
        return value;
    }

    private static final class NoPlaceholders implements Template.Scope {

        @Override
        public void require(Placeholder placeholder, boolean whole, Place place) {
            throw place.wrong("can't have the placeholder " + placeholder, "It is the same for all requests.");
        }
    }
}
