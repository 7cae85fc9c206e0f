package cloud.enact.hook.claudecode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of a request, read strictly; what is wrong is the end of a sentence about the request. */
final class Members {

    /** Longest command line, path or address, in characters. */
    static final int LONGEST_NAME = 256 * 1024;

    private static final int MOST_MEMBERS = 1000;

    private static final int MOST_ELEMENTS = 10_000;

    private Members() {}

    /** A text that must be there and say something. */
    static String text(Map<?, ?> object, String name) {
        String text = optionalText(object, name);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("has no '" + name + "'");
        }
        return text;
    }

    /** A text that must be there, and may be empty. */
    static void requireText(Map<?, ?> object, String name) {
        if (optionalText(object, name) == null) {
            throw new IllegalArgumentException("has no '" + name + "'");
        }
    }

    /** A text, or {@code null} where there is none. */
    static @Nullable String optionalText(Map<?, ?> object, String name) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException("has a '" + name + "' that is no text");
        }
        return text;
    }

    /** A short text that names something. */
    static String name(Map<?, ?> object, String name) {
        return shortened(text(object, name), name);
    }

    static @Nullable String optionalName(Map<?, ?> object, String name) {
        String text = optionalText(object, name);
        return (text == null || text.isBlank()) ? null : shortened(text, name);
    }

    private static String shortened(String text, String name) {
        if (text.length() > 512 || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("has a '" + name + "' that is too long, or no name");
        }
        return text;
    }

    /** Refuses what a tool and a policy could read differently, or nobody could keep. */
    static void requireSound(@Nullable Object value, int longest) {
        if (value instanceof String text) {
            if (text.length() > longest) {
                throw new IllegalArgumentException(
                        "has a text of " + text.length() + " characters, where " + longest + " are the most");
            }
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("has a NUL character, which ends a text for some programs");
            }
        } else if (value instanceof Map<?, ?> map) {
            if (map.size() > MOST_MEMBERS) {
                throw new IllegalArgumentException("has an object with more than " + MOST_MEMBERS + " members");
            }
            map.forEach((name, member) -> {
                requireSound(name, longest);
                requireSound(member, longest);
            });
        } else if (value instanceof Collection<?> elements) {
            if (elements.size() > MOST_ELEMENTS) {
                throw new IllegalArgumentException("has a list with more than " + MOST_ELEMENTS + " elements");
            }
            elements.forEach(element -> requireSound(element, longest));
        } else if (value instanceof BigDecimal || value instanceof BigInteger) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw new IllegalArgumentException("has a number that is out of range");
            }
        }
    }
}
