package cloud.enact.connector.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer (RFC 6901) into values as JSON has them, in which a star stands for the only member of an object, or
 * the only element of a list, whatever its name. Immutable.
 */
final class Pointer {

    private static final String ONLY = "*";

    private final List<String> tokens;

    private Pointer(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    static Pointer read(Place place) {
        return read(place, place.text());
    }

    static Pointer read(Place place, String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw place.wrong("is no JSON Pointer", "Write one such as /ticket/id.");
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.isEmpty() ? new String[0] : text.substring(1).split("/", -1)) {
            if (token.replace("~0", "").replace("~1", "").contains("~")) {
                throw place.wrong("is no JSON Pointer", "Write ~0 for a tilde and ~1 for a slash in a name.");
            }
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(tokens);
    }

    /** What it points at, or {@link Values#ABSENT}. */
    @Nullable
    Object in(@Nullable Object document) {
        Object value = document;
        for (String token : this.tokens) {
            if (value instanceof Map<?, ?> map && map.containsKey(name(token, map))) {
                value = map.get(name(token, map));
            } else if (token.equals(ONLY) && value instanceof List<?> list && list.size() == 1) {
                value = list.get(0);
            } else if (value instanceof List<?> list && index(token) >= 0 && index(token) < list.size()) {
                value = list.get(index(token));
            } else {
                return Values.ABSENT;
            }
        }
        return value;
    }

    /** Whether it is about a member of a list, whose name says nothing of what that is. */
    boolean isAboutElement() {
        return this.tokens.stream().anyMatch(token -> token.equals(ONLY) || index(token) >= 0);
    }

    /** Whether a document says that nothing is there: a list must be there to be empty. */
    boolean isEmptyIn(@Nullable Object document) {
        Object value = document;
        for (String token : this.tokens) {
            if (value instanceof Map<?, ?> map && map.containsKey(name(token, map))) {
                value = map.get(name(token, map));
            } else if (token.equals(ONLY)) {
                return value instanceof List<?> list && list.isEmpty()
                        || value instanceof Map<?, ?> map && map.isEmpty();
            } else if (index(token) >= 0) {
                return value instanceof List<?> list && index(token) >= list.size();
            } else {
                return !isAboutElement();
            }
        }
        return value == null;
    }

    /** A copy of a document that has another value there; what is on the way and no object becomes one. */
    @Nullable
    Object with(@Nullable Object document, @Nullable Object value) {
        return with(document, value, 0);
    }

    private @Nullable Object with(@Nullable Object document, @Nullable Object value, int depth) {
        if (depth == this.tokens.size()) {
            return value;
        }
        String token = name(this.tokens.get(depth), document);
        if (document instanceof List<?> list && index(token) >= 0 && index(token) < list.size()) {
            List<@Nullable Object> copy = new ArrayList<>(list);
            copy.set(index(token), with(copy.get(index(token)), value, depth + 1));
            return copy;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (document instanceof Map<?, ?> map) {
            map.forEach((key, member) -> copy.put(String.valueOf(key), member));
        }
        copy.put(token, with(copy.get(token), value, depth + 1));
        return copy;
    }

    /** The name a token stands for in a document. */
    private static String name(String token, @Nullable Object document) {
        return (token.equals(ONLY) && document instanceof Map<?, ?> map && map.size() == 1)
                ? String.valueOf(map.keySet().iterator().next())
                : token;
    }

    private static int index(String token) {
        boolean digits = !token.isEmpty() && token.length() < 9 && token.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && (token.length() == 1 || token.charAt(0) != '0') ? Integer.parseInt(token) : -1;
    }
}
