package cloud.enact.policy.builtin;

import cloud.enact.policy.NormalizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds values by the names of arguments, at any depth. */
public final class NamedValues {

    private static final int MOST_VISITED = 100_000;

    private final Predicate<String> wanted;

    private final List<Object> found = new ArrayList<>(2);

    private int visited;

    private NamedValues(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /**
     * The values whose names are wanted, each whole: what is nested in a value that is found is not looked at again.
     *
     * @param args arguments of a call
     * @param wanted is asked with names in {@linkplain NormalizedText#compact compact} form
     */
    public static List<Object> of(Map<String, ? extends @Nullable Object> args, Predicate<String> wanted) {
        NamedValues values = new NamedValues(wanted);
        values.visit(args);
        return values.found;
    }

    /** All texts and numbers in a value, as texts. */
    public static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>(2);
        addTexts(value, texts);
        return texts;
    }

    private void visit(@Nullable Object value) {
        if (++this.visited > MOST_VISITED) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                if (member != null && this.wanted.test(NormalizedText.compact(String.valueOf(name)))) {
                    this.found.add(member);
                } else {
                    visit(member);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(this::visit);
        }
    }

    private static void addTexts(@Nullable Object value, List<String> texts) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(member -> addTexts(member, texts));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> addTexts(element, texts));
        } else if (value != null && texts.size() < MOST_VISITED) {
            texts.add(value.toString());
        }
    }
}
