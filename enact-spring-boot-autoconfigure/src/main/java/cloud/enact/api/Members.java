package cloud.enact.api;

import cloud.enact.policy.NearestName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, read strictly: one of another type or name is refused with its place. A member that is
 * {@code null} counts as absent.
 */
final class Members {

    private final String place;

    private final Map<String, @Nullable Object> values;

    private Members(String place, Map<String, @Nullable Object> values) {
        this.place = place;
        this.values = values;
    }

    /**
     * Reads an object.
     *
     * @param place where it stands, such as {@code actor}; empty for the body itself
     * @param value what stands there
     * @param known names of the members it may have
     */
    @SuppressWarnings("unchecked") // the keys of JSON are text
    static Members of(String place, @Nullable Object value, Collection<String> known) {
        String what = place.isEmpty() ? "The body" : "'" + place + "'";
        if (!(value instanceof Map<?, ?> map)) {
            throw ApiException.malformed(
                    what + " must be a JSON object.", "It may have the members " + String.join(", ", known) + ".");
        }
        for (Object name : map.keySet()) {
            if (!known.contains(name)) {
                throw ApiException.malformed(
                        what + " has a member that does not exist there.", new NearestName(known).hint((String) name));
            }
        }
        return new Members(place, (Map<String, @Nullable Object>) map);
    }

    boolean has(String name) {
        return this.values.get(name) != null;
    }

    /** What stands there, unread. */
    @Nullable
    Object value(String name) {
        return this.values.get(name);
    }

    /** The place of a member. */
    String place(String name) {
        return this.place.isEmpty() ? name : this.place + "." + name;
    }

    /** A text that must be there. */
    String text(String name, int longest) {
        String text = optionalText(name, longest);
        if (text == null) {
            throw ApiException.malformed("'" + place(name) + "' is missing.", "Give it a text.");
        }
        return text;
    }

    @Nullable
    String optionalText(String name, int longest) {
        Object value = this.values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.isBlank() || text.length() > longest) {
            throw ApiException.malformed(
                    "'" + place(name) + "' must be a text.", "It has 1 to " + longest + " characters.");
        }
        return text;
    }

    boolean flag(String name) {
        Object value = this.values.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw ApiException.malformed("'" + place(name) + "' must be true or false.", "Write it without quotes.");
    }

    /** A whole number from 1 on. */
    int number(String name, int defaults, int most) {
        Object value = this.values.get(name);
        if (value == null) {
            return defaults;
        }
        if (value instanceof Integer number && number >= 1 && number <= most) {
            return number;
        }
        throw ApiException.malformed("'" + place(name) + "' must be a number.", "It is from 1 to " + most + ".");
    }

    @SuppressWarnings("unchecked") // the keys of JSON are text
    Map<String, @Nullable Object> object(String name) {
        Object value = this.values.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw ApiException.malformed("'" + place(name) + "' must be a JSON object.", "Write {} for none.");
    }

    List<? extends @Nullable Object> list(String name, int most) {
        Object value = this.values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.size() <= most) {
            return list;
        }
        throw ApiException.malformed("'" + place(name) + "' must be a list.", "It has at most " + most + " elements.");
    }

    Set<String> texts(String name, int most, int longest) {
        Set<String> texts = new LinkedHashSet<>();
        for (Object element : list(name, most)) {
            if (!(element instanceof String text) || text.isBlank() || text.length() > longest) {
                throw ApiException.malformed(
                        "'" + place(name) + "' must be a list of texts.", "Each has 1 to " + longest + " characters.");
            }
            texts.add(text);
        }
        return texts;
    }

    /** One of the constants, in small letters or capitals. */
    <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        Object value = this.values.get(name);
        if (value == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (value instanceof String text && constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw ApiException.malformed(
                "'" + place(name) + "' has a value that does not exist.",
                "It is one of " + List.of(type.getEnumConstants()) + ".");
    }
}
