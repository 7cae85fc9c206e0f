package cloud.enact.policy.builtin.codingagent;

import cloud.enact.policy.PolicyInputs;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many things of a kind a call names in lists: recipients, channels, subscriptions. */
final class Recipients {

    private static final Set<String> EVERYBODY = Set.of(
            "all", "*", "everyone", "everybody", "@all", "@everyone", "@channel", "@here", "all_users", "all-users");

    private static final int DEEPEST = 16;

    private Recipients() {}

    /** The most that any argument of the call with such a word in its name lists; very many for "all". */
    static int most(PolicyInputs inputs, Set<String> words) {
        return most(inputs.request().args(), words, false, 0);
    }

    private static int most(@Nullable Object value, Set<String> words, boolean meant, int depth) {
        if (value == null || depth > DEEPEST) {
            return 0;
        }
        int most = 0;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String key = String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT);
                boolean named = words.stream().anyMatch(key::contains);
                if (named && Boolean.TRUE.equals(entry.getValue())) {
                    continue;
                }
                most = Math.max(most, most(entry.getValue(), words, meant || named, depth + 1));
            }
            return most;
        }
        if (value instanceof Collection<?> list) {
            if (meant) {
                most = list.size();
            }
            for (Object element : list) {
                most = Math.max(most, most(element, words, meant, depth + 1));
            }
            return most;
        }
        if (!meant) {
            return 0;
        }
        String text = value.toString();
        if (EVERYBODY.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return Integer.MAX_VALUE;
        }
        return (int) List.of(',', ';', '\n').stream()
                        .mapToLong(separator ->
                                text.chars().filter(c -> c == separator).count())
                        .max()
                        .orElse(0)
                + (text.isBlank() ? 0 : 1);
    }
}
