package cloud.enact.connector.http;

import cloud.enact.action.Arguments;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments that an operation declares. Immutable. */
final class DeclaredArguments {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,63}");

    private static final String[] KEYS = {
        "type", "description", "required", "default", "enum", "min-length", "max-length", "minimum", "maximum", "items"
    };

    private final Map<String, Argument> arguments;

    private DeclaredArguments(Map<String, Argument> arguments) {
        this.arguments = arguments;
    }

    static DeclaredArguments read(@Nullable Place place) {
        Map<String, Argument> arguments = new LinkedHashMap<>();
        if (place != null) {
            place.members().forEach((name, argument) -> {
                if (!NAME.matcher(name).matches()) {
                    throw argument.wrong(
                            "is no name of an argument", "Use letters, digits and underscores, a letter first.");
                }
                arguments.put(name, argument(name, argument));
            });
        }
        return new DeclaredArguments(arguments);
    }

    private static Argument argument(String name, Place place) {
        if (place.isText()) {
            return new Argument(name, type(place), null, true, null, List.of(), null, null, null);
        }
        Map<String, Place> members = place.members(KEYS);
        Place typed = members.get("type");
        Argument.Type type = (typed != null) ? type(typed) : Argument.Type.STRING;
        Place described = members.get("description");
        Place required = members.get("required");
        Place items = members.get("items");
        Object preset = value(members.get("default"));
        if (required != null && required.flag() && preset != null) {
            throw required.wrong("can't be true beside a default", "Remove one of them.");
        }
        Argument argument = new Argument(
                name,
                type,
                (described != null) ? described.text() : null,
                preset == null && (required == null || required.flag()),
                preset,
                choices(members.get("enum")),
                bound(members, type, "min-length", "minimum"),
                bound(members, type, "max-length", "maximum"),
                (items != null) ? type(items) : null);
        try {
            if (preset != null) {
                argument.require(preset);
            }
        } catch (IllegalArgumentException ex) {
            throw place.wrong("has a default that is none of its values: " + ex.getMessage(), "Correct it.");
        }
        return argument;
    }

    private static Argument.Type type(Place place) {
        return Argument.Type.valueOf(place.choice("string", "integer", "number", "boolean", "array", "object")
                .toUpperCase(Locale.ROOT));
    }

    private static List<Object> choices(@Nullable Place place) {
        List<Object> choices = new ArrayList<>();
        if (place != null) {
            for (Place element : place.elements()) {
                Object value = value(element);
                if (value != null) {
                    choices.add(value);
                }
            }
        }
        return List.copyOf(choices);
    }

    private static @Nullable Object value(@Nullable Place place) {
        return (place != null)
                ? Arguments.freeze(
                                Collections.singletonMap("value", place.value().value()))
                        .get("value")
                : null;
    }

    private static @Nullable BigDecimal bound(
            Map<String, Place> members, Argument.Type type, String ofLength, String ofNumber) {
        boolean number = type == Argument.Type.INTEGER || type == Argument.Type.NUMBER;
        Place unfit = members.get(number ? ofLength : ofNumber);
        if (unfit != null) {
            throw unfit.wrong("does not fit type " + type.word(), "Remove it.");
        }
        Place place = members.get(number ? ofNumber : ofLength);
        if (place == null) {
            return null;
        }
        if (value(place) instanceof Number bound) {
            return Json.decimal(bound);
        }
        throw place.wrong("must be a number", "Correct it.");
    }

    Set<String> names() {
        return this.arguments.keySet();
    }

    @Nullable
    Argument get(String name) {
        return this.arguments.get(name);
    }

    /**
     * The arguments of a call, with what is preset.
     *
     * @throws IllegalArgumentException when one is missing or doesn't fit
     */
    Map<String, @Nullable Object> complete(Map<String, @Nullable Object> given) {
        Map<String, @Nullable Object> frozen = Arguments.freeze(given);
        Map<String, @Nullable Object> complete = new LinkedHashMap<>();
        for (Argument argument : this.arguments.values()) {
            Object value = frozen.get(argument.name());
            if (value != null) {
                argument.require(value);
                complete.put(argument.name(), value);
            } else if (argument.preset() != null) {
                complete.put(argument.name(), argument.preset());
            } else if (argument.required()) {
                throw new IllegalArgumentException("'" + argument.name() + "' is missing");
            }
        }
        return complete;
    }

    /** The JSON schema that a model gets. */
    Map<String, @Nullable Object> schema() {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        Set<String> required = new TreeSet<>();
        this.arguments.forEach((name, argument) -> {
            properties.put(name, argument.schema());
            if (argument.required()) {
                required.add(name);
            }
        });
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(required));
        schema.put("additionalProperties", false);
        return schema;
    }
}
