package cloud.enact.policy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code with} of a policy, read with clear errors. Lists may be written as YAML lists, as the index-keyed maps
 * that Spring makes of them, or as comma separated text. Immutable and thread-safe.
 *
 * <p>Every reader throws a {@link PolicyConfigurationException} that names the policy, the place and the parameter when
 * the value is missing or of another type.
 */
public final class PolicyParameters {

    private final String policy;

    private final String origin;

    private final @Nullable SourceLines source;

    private final Map<String, ? extends @Nullable Object> values;

    public PolicyParameters(String policy, String origin, Map<String, ? extends @Nullable Object> values) {
        this(policy, origin, null, values);
    }

    PolicyParameters(
            String policy,
            String origin,
            @Nullable SourceLines source,
            Map<String, ? extends @Nullable Object> values) {
        this.policy = policy;
        this.origin = origin;
        this.source = source;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Name of the policy these belong to. */
    public String policy() {
        return this.policy;
    }

    /** Where they were written. */
    public String origin() {
        return this.origin;
    }

    /** The values as written. */
    public Map<String, ? extends @Nullable Object> values() {
        return this.values;
    }

    /** Whether the parameter has a value. */
    public boolean has(String name) {
        return this.values.get(name) != null;
    }

    /** Returns a list that must be given and must not be empty. */
    public List<String> strings(String name) {
        List<String> strings = optionalStrings(name);
        if (strings == null) {
            throw missing(name);
        }
        if (strings.isEmpty()) {
            throw wrong(name, "is empty", "Name at least one value in with." + name + ", or remove the policy.");
        }
        return strings;
    }

    /** Returns a list, which may be empty, or the default when it is not given. */
    public List<String> strings(String name, List<String> defaults) {
        List<String> strings = optionalStrings(name);
        return (strings != null) ? strings : defaults;
    }

    /** Returns a text that must be given. */
    public String string(String name) {
        String text = optionalString(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    /** Returns a text, or the default when it is not given. */
    public String string(String name, String defaults) {
        String text = optionalString(name);
        return (text != null) ? text : defaults;
    }

    /** Returns {@code true} or {@code false}, or the default when it is not given. */
    public boolean bool(String name, boolean defaults) {
        String text = optionalString(name);
        if (text == null) {
            return defaults;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default ->
                throw wrong(name, "is neither true nor false", "Give with." + name + " the value true or false.");
        };
    }

    /** Returns a whole number that must be given and must not be negative. */
    public long count(String name) {
        String text = string(name);
        try {
            long count = Long.parseLong(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException ex) {
            // told below
        }
        throw wrong(name, "is not a whole number from 0 on", "Give with." + name + " a number such as 100.");
    }

    /** Returns absolute, normalised paths that must be given; the list may be empty. {@code ~} is the user's home. */
    public List<Path> paths(String name) {
        List<String> texts = optionalStrings(name);
        if (texts == null) {
            throw missing(name);
        }
        List<Path> paths = new ArrayList<>();
        for (String text : texts) {
            try {
                Path path = (text.equals("~") || text.startsWith("~/"))
                        ? Path.of(System.getProperty("user.home") + text.substring(1))
                        : Path.of(text);
                paths.add(path.toAbsolutePath().normalize());
            } catch (InvalidPathException ex) {
                throw wrong(name, "holds something that is no path", "Correct with." + name + ".");
            }
        }
        return List.copyOf(paths);
    }

    /** Makes the exception for a parameter that is there but wrong. */
    public PolicyConfigurationException wrong(String name, String what, String remedy) {
        return new PolicyConfigurationException(
                origin(name) + ": parameter '" + name + "' of policy '" + this.policy + "' " + what, remedy);
    }

    /** Refuses parameters that the policy does not know, with the nearest one that it does. */
    void requireKnown(List<String> known) {
        for (String name : this.values.keySet()) {
            if (!known.contains(name)) {
                throw new PolicyConfigurationException(
                        origin(name) + ": policy '" + this.policy + "' has no parameter '" + name + "'",
                        known.isEmpty()
                                ? "Remove it: the policy has no parameters."
                                : new NearestName(known).hint(name));
            }
        }
    }

    private String origin(String name) {
        return (this.source != null) ? this.source.at("with." + name) : this.origin;
    }

    private PolicyConfigurationException missing(String name) {
        return new PolicyConfigurationException(
                this.origin + ": policy '" + this.policy + "' needs the parameter '" + name + "'",
                "Add with." + name + " to the policy.");
    }

    private @Nullable String optionalString(String name) {
        Object value = this.values.get(name);
        if (value == null) {
            return null;
        }
        if (isScalar(value)) {
            String text = value.toString().strip();
            if (!text.isEmpty()) {
                return text;
            }
            throw wrong(name, "is blank", "Give with." + name + " a value.");
        }
        throw wrong(name, "must be a single value", "Give with." + name + " one value, not a list or a map.");
    }

    private @Nullable List<String> optionalStrings(String name) {
        Object value = this.values.get(name);
        if (value == null) {
            return null;
        }
        if (isScalar(value)) {
            return split(value.toString());
        }
        Collection<?> elements = (value instanceof Map<?, ?> map)
                ? inOrder(name, map)
                : (value instanceof Collection<?> collection) ? collection : List.of();
        List<String> strings = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!isScalar(element)) {
                throw wrong(name, "must be a list of texts", "Write with." + name + " as a flat list.");
            }
            String text = element.toString().strip();
            if (text.isEmpty()) {
                throw wrong(name, "holds a blank element", "Remove the blank element from with." + name + ".");
            }
            strings.add(text);
        }
        return List.copyOf(strings);
    }

    /** Spring binds a list inside a map of objects to a map with the keys 0, 1, 2 and so on. */
    private Collection<?> inOrder(String name, Map<?, ?> map) {
        TreeMap<Integer, @Nullable Object> elements = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            try {
                elements.put(Integer.valueOf(String.valueOf(entry.getKey())), entry.getValue());
            } catch (NumberFormatException ex) {
                throw wrong(name, "must be a list, not a map", "Write with." + name + " as a list.");
            }
        }
        return elements.values();
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return List.copyOf(parts);
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    }
}
