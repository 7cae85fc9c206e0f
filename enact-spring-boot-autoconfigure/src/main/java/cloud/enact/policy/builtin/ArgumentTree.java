package cloud.enact.policy.builtin;

import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The arguments of a call at any depth, each value with the name it stands under. */
public final class ArgumentTree {

    private static final int LONGEST_NAME = 64;

    private static final Set<String> OFF = Set.of("", "false", "no", "off", "0", "none", "never", "null", "n", "f");

    private ArgumentTree() {}

    /**
     * Shows every value that is no list and no map, an absent one as {@code null}. The depth is bounded by what
     * arguments may nest.
     *
     * @param visitor takes the nearest name in {@linkplain NormalizedText#compact compact} form, and the value
     */
    public static void visit(PolicyInputs inputs, BiConsumer<String, @Nullable Object> visitor) {
        visit("", inputs.request().args(), visitor);
    }

    private static void visit(String name, @Nullable Object value, BiConsumer<String, @Nullable Object> visitor) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> visit(NormalizedText.compact((String) key), element, visitor));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> visit(name, element, visitor));
        } else {
            visitor.accept(name, value);
        }
    }

    /** Shows every name, as it is written. */
    public static void visitNames(@Nullable Object value, Consumer<String> visitor) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                visitor.accept((String) key);
                visitNames(element, visitor);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> visitNames(element, visitor));
        }
    }

    /** Whether an argument of one of these names, given in compact form, says anything but no. */
    public static boolean isOn(PolicyInputs inputs, Set<String> names) {
        boolean[] on = new boolean[1];
        visit(inputs, (name, value) -> on[0] |= names.contains(name) && value != null && isOn(value));
        return on[0];
    }

    private static boolean isOn(Object value) {
        String text = value.toString();
        return text.length() > LONGEST_NAME
                || !OFF.contains(NormalizedText.of(text).toLowerCase(Locale.ROOT));
    }
}
