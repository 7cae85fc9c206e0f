package cloud.enact.receipt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Places where the name of a secret stands beside its value as a value itself: {@code {"name": "Authorization",
 * "value": "…"}}, {@code ["--password", "…"]} and {@code ["--password=…"]}. Thread-safe.
 */
final class SecretPlaces {

    private static final int LONGEST_NAME = 128;

    private final SecretNames names;

    SecretPlaces(SecretNames names) {
        this.names = names;
    }

    /** Whether the object names a secret, so that its member {@code value} is one. */
    boolean isLabelled(Map<?, ?> map) {
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (member.getKey() instanceof String key && isLabel(key, member.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** Whether this member of an object names a secret. */
    boolean isLabel(String key, @Nullable Object value) {
        int length = key.length();
        return (length == 3 || length == 4)
                && (key.equalsIgnoreCase("name") || key.equalsIgnoreCase("key"))
                && value instanceof String name
                && isSecret(name);
    }

    /** Whether this member of an object is what its label names. */
    static boolean isValue(String key) {
        return key.length() == 5 && key.equalsIgnoreCase("value")
                || key.length() == 6 && key.equalsIgnoreCase("values");
    }

    /** Whether the value of a secret follows this element of a list. */
    boolean isOption(@Nullable Object element) {
        return element instanceof String text && isLong(text) && text.indexOf('=') < 0 && isSecret(text);
    }

    /** Where the value of a secret begins in an element such as {@code --password=…}; 0 when there is none. */
    int optionValue(String text) {
        if (!isLong(text)) {
            return 0;
        }
        int equals = text.indexOf('=');
        return (equals > 0 && equals < LONGEST_NAME && isSecret(text.substring(0, equals))) ? equals + 1 : 0;
    }

    /** Options of one letter mean something else to each program. */
    private static boolean isLong(String text) {
        return text.length() > 3 && text.charAt(0) == '-' && text.charAt(1) == '-';
    }

    private boolean isSecret(String name) {
        return name.length() <= LONGEST_NAME && this.names.look(name);
    }
}
