package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text with placeholders, checked when it was read. Immutable. */
final class Template {

    private static final String KEY = "key";

    private static final int LONGEST_NUMBER = 400;

    /** Texts and placeholders. */
    private final List<Object> parts;

    private Template(List<Object> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a text: <code>{name}</code> is a placeholder, <code>${NAME}</code> a variable, two braces are one.
     *
     * @param place where it stands
     * @param variables what is known of them
     */
    static Template read(Place place, Variables variables) {
        return read(place, place.text(), variables);
    }

    static Template read(Place place, String text, Variables variables) {
        List<Object> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '$' && text.startsWith("{", i + 1)) {
                int end = end(place, text, i + 1);
                literal.append(variable(place, text.substring(i + 2, end), variables));
                i = end + 1;
            } else if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c), i + 1)) {
                literal.append(c);
                i += 2;
            } else if (c == '{') {
                int end = end(place, text, i);
                if (literal.length() > 0) {
                    parts.add(literal.toString());
                    literal.setLength(0);
                }
                parts.add(Placeholder.of(text.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '}') {
                throw place.wrong("has a brace that closes nothing", "Write two of them for one.");
            } else {
                literal.append(c);
                i++;
            }
        }
        if (literal.length() > 0 || parts.isEmpty()) {
            parts.add(literal.toString());
        }
        return new Template(parts);
    }

    private static String variable(Place place, String text, Variables variables) {
        int colon = text.indexOf(':');
        String name = ((colon < 0) ? text : text.substring(0, colon)).strip();
        String value = variables.find(name);
        if (value == null && colon < 0) {
            throw place.wrong(
                    "needs a value for ${" + name + "}, and there is none",
                    "Set it as an environment variable, a property, or one of the connector's variables.");
        }
        return (value != null) ? value : text.substring(colon + 1);
    }

    private static int end(Place place, String text, int open) {
        int end = text.indexOf('}', open);
        if (end < 0 || text.indexOf('{', open + 1) >= 0 && text.indexOf('{', open + 1) < end) {
            throw place.wrong("has a brace that is not closed", "Write two of them for one.");
        }
        return end;
    }

    List<Object> parts() {
        return this.parts;
    }

    List<Placeholder> placeholders() {
        return this.parts.stream()
                .filter(Placeholder.class::isInstance)
                .map(Placeholder.class::cast)
                .toList();
    }

    /** Whether it is nothing but one placeholder, so that the value keeps its type. */
    boolean isWhole() {
        return this.parts.size() == 1 && this.parts.get(0) instanceof Placeholder;
    }

    /** Refuses placeholders that stand for nothing. */
    Template in(Scope scope, Place place) {
        placeholders().forEach(placeholder -> scope.require(placeholder, isWhole(), place));
        return this;
    }

    /** The value: of any type where it is whole, else a text; or {@link Values#ABSENT}. */
    @Nullable
    Object value(Values values) {
        return (this.parts.size() == 1 && this.parts.get(0) instanceof Placeholder placeholder)
                ? values.get(placeholder)
                : text(values);
    }

    /** The text, or {@code null} when the only value in it is not there. */
    @Nullable
    String textOrNothing(Values values) {
        if (isWhole()) {
            Object value = value(values);
            return (value == Values.ABSENT || value == null) ? null : text(values);
        }
        return text(values);
    }

    String text(Values values) {
        StringBuilder text = new StringBuilder();
        for (Object part : this.parts) {
            text.append((part instanceof Placeholder placeholder) ? scalar(placeholder, values) : part);
        }
        return text.toString();
    }

    /** A single value as text. */
    static String scalar(Placeholder placeholder, Values values) {
        Object value = values.get(placeholder);
        if (value == Values.ABSENT) {
            throw new ConnectorException("Nothing is known of " + placeholder + ", which the request needs");
        }
        if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
            throw new ConnectorException(placeholder + " is no single value, and the request needs one");
        }
        return (value instanceof BigDecimal decimal) ? plain(placeholder, decimal) : value.toString();
    }

    /** A few characters such as 1e999999999 can be a text that no memory holds. */
    private static String plain(Placeholder placeholder, BigDecimal decimal) {
        if (Math.max(decimal.precision(), Math.abs((long) decimal.scale())) > LONGEST_NUMBER) {
            throw new ConnectorException(placeholder + " is too long when it is written out");
        }
        return decimal.toPlainString();
    }

    /** What placeholders may stand in a place, and for what. */
    interface Scope {

        /** Refuses a placeholder that stands for nothing, or for nothing that fits there. */
        void require(Placeholder placeholder, boolean whole, Place place);

        /** Whether a name is that of the step's own key. */
        static boolean isKey(Placeholder placeholder) {
            return placeholder.name().equals(KEY);
        }
    }
}
