package cloud.enact.analysis.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of variables at one point of a script. Copies share what neither changes. */
final class Variables {

    /** More are not followed: they count as unknown. */
    private static final int MOST = 256;

    private Map<String, List<String>> values;

    private boolean shared;

    private List<String> arguments = List.of();

    private boolean argumentsKnown;

    Variables() {
        this.values = new HashMap<>();
    }

    private Variables(Map<String, List<String>> values) {
        this.values = values;
        this.shared = true;
    }

    Variables copy() {
        this.shared = true;
        Variables copy = new Variables(this.values);
        copy.arguments = this.arguments;
        copy.argumentsKnown = this.argumentsKnown;
        return copy;
    }

    /** The same variables in a function or script that is given these arguments, the name first. */
    void arguments(List<String> given) {
        this.arguments = given;
        this.argumentsKnown = true;
    }

    void forgetArguments() {
        this.argumentsKnown = false;
    }

    /** The arguments, the name first; {@code null} when they are unknown. */
    @Nullable
    List<String> arguments() {
        return this.argumentsKnown ? this.arguments : null;
    }

    /** The elements, just one for what is no array; {@code null} when nothing was assigned. */
    @Nullable
    List<String> get(String name) {
        return this.values.get(name);
    }

    void set(String name, String value) {
        set(name, List.of(value));
    }

    void set(String name, List<String> elements) {
        if (this.values.size() < MOST || this.values.containsKey(name)) {
            own().put(name, elements);
        }
    }

    /** Everything may have changed. */
    void forgetAll(Unknowns unknowns) {
        own().replaceAll((name, value) -> List.of(unknowns.computed("$" + name)));
    }

    /** Takes over what a branch did that may or may not have run. */
    void merge(Variables other, Unknowns unknowns) {
        if (this.values == other.values) {
            return;
        }
        TreeSet<String> names = new TreeSet<>(this.values.keySet());
        names.addAll(other.values.keySet());
        for (String name : names) {
            if (!Objects.equals(this.values.get(name), other.values.get(name))) {
                set(name, unknowns.computed("$" + name));
            }
        }
    }

    void replaceBy(Variables other) {
        other.shared = true;
        this.shared = true;
        this.values = other.values;
        this.arguments = other.arguments;
        this.argumentsKnown = other.argumentsKnown;
    }

    private Map<String, List<String>> own() {
        if (this.shared) {
            this.values = new HashMap<>(this.values);
            this.shared = false;
        }
        return this.values;
    }
}
