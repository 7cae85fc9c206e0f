package cloud.enact.policy.builtin.email;

import cloud.enact.policy.NormalizedText;
import java.util.Locale;
import java.util.Set;

/** Reads the addresses out of a list as people and mail programs write it, display names left out. */
final class AddressList {

    private static final String SEPARATORS = " \t\r\n,;|<>()[]{}\"'\u3001:?&=/";

    private AddressList() {}

    /**
     * Adds the addresses, in small letters.
     *
     * @return how many there were, repeated ones as well
     */
    static int read(String text, Set<String> addresses) {
        String list = withoutDisplayNames(NormalizedText.of(text)).toLowerCase(Locale.ROOT);
        list = list.replace("%2c", ",").replace("%3b", ";").replace("%40", "@");
        int count = 0;
        int start = -1;
        for (int i = 0; i <= list.length(); i++) {
            boolean separator = i == list.length() || SEPARATORS.indexOf(list.charAt(i)) >= 0;
            if (!separator) {
                start = (start < 0) ? i : start;
            } else if (start >= 0) {
                count += add(list.substring(start, i), addresses);
                start = -1;
            }
        }
        return count;
    }

    private static int add(String word, Set<String> addresses) {
        int at = word.indexOf('@');
        if (at < 0 || at == word.length() - 1) {
            return 0;
        }
        int next = word.indexOf('@', at + 1);
        String address = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        addresses.add(address);
        if (next > 0) {
            // two addresses that something glues together
            addresses.add(word.substring(next));
            return 2;
        }
        return 1;
    }

    /** A quoted text before an address in angle brackets is a name, whatever it looks like. */
    private static String withoutDisplayNames(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int close = (c == '"') ? closing(text, i + 1) : -1;
            if (close > 0 && isBeforeBracket(text, close + 1)) {
                i = close + 1;
            } else {
                plain.append(c);
                i++;
            }
        }
        return plain.toString();
    }

    private static int closing(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBeforeBracket(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i < text.length() && text.charAt(i) == '<';
    }
}
