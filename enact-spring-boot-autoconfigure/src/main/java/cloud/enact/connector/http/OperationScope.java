package cloud.enact.connector.http;

import cloud.enact.policy.NearestName;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What placeholders of one operation may stand for.
 *
 * @param arguments its arguments
 * @param before names of the fields that are captured, and whether each always is
 * @param result names of what is taken from the answer
 */
record OperationScope(DeclaredArguments arguments, Map<String, Boolean> before, Set<String> result)
        implements Template.Scope {

    @Override
    public void require(Placeholder placeholder, boolean whole, Place place) {
        switch (placeholder.origin()) {
            case ARGUMENT -> requireArgument(placeholder, whole, place);
            case BEFORE -> {
                require(this.before.keySet(), placeholder, place);
                if (!whole && !Boolean.TRUE.equals(this.before.get(placeholder.name()))) {
                    throw place.wrong(placeholder + " is not always captured", "Let it be the whole value.");
                }
            }
            case RESULT -> require(this.result, placeholder, place);
            case STEP -> {
                if (!Template.Scope.isKey(placeholder)) {
                    throw unknown(placeholder, Set.of("{step.key}"), place);
                }
            }
        }
    }

    private void requireArgument(Placeholder placeholder, boolean whole, Place place) {
        Argument argument = this.arguments.get(placeholder.name());
        if (argument == null) {
            Set<String> known = new HashSet<>(this.arguments.names());
            this.before.keySet().forEach(name -> known.add("before." + name));
            this.result.forEach(name -> known.add("result." + name));
            throw unknown(placeholder, known, place);
        }
        if (!whole && !argument.isCertain()) {
            throw place.wrong(
                    "can't have the placeholder " + placeholder + " there, because that argument may be missing",
                    "Let it be the whole value, or give the argument a default.");
        }
        if (!whole && !argument.type().isSingle()) {
            throw place.wrong(
                    "can't have the placeholder " + placeholder + " in a text, because it is no single value",
                    "Let it be the whole value of a body.");
        }
    }

    private static void require(Set<String> known, Placeholder placeholder, Place place) {
        if (!known.contains(placeholder.name())) {
            throw unknown(placeholder, known, place);
        }
    }

    private static RuntimeException unknown(Placeholder placeholder, Set<String> known, Place place) {
        return place.wrong(
                "has the placeholder " + placeholder + ", which stands for nothing here",
                hint(placeholder.name(), known));
    }

    private static String hint(String name, Set<String> known) {
        @Nullable String nearest = new NearestName(known).find(name);
        return (nearest != null)
                ? "Did you mean '" + nearest + "'?"
                : known.isEmpty() ? "There is none of that kind here." : "There are " + new TreeSet<>(known) + ".";
    }
}
