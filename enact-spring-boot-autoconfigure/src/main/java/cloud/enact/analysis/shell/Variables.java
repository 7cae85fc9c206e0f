package cloud.enact.analysis.shell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** What the running function declared for itself; copies share it. */
    private Set<String> locals = new HashSet<>();

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
        copy.locals = this.locals;
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

    /** Begins a function; the names that the one around it declared for itself. */
    Set<String> enterFunction() {
        Set<String> outer = this.locals;
        this.locals = new HashSet<>();
        return outer;
    }

    void local(String name) {
        this.locals.add(name);
    }

    /** Ends a function: what it declared for itself is what it was before, or not known any more. */
    void leaveFunction(Set<String> outer, Variables before, Unknowns unknowns) {
        for (String name : this.locals) {
            if (!Objects.equals(this.values.get(name), before.values.get(name))) {
                set(name, unknowns.computed("$" + name));
            }
        }
        this.locals = outer;
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
        this.locals = other.locals;
    }

    private Map<String, List<String>> own() {
        if (this.shared) {
            this.values = new HashMap<>(this.values);
            this.shared = false;
        }
        return this.values;
    }
}
