package cloud.enact.policy.builtin.url;

import java.util.ArrayList;
import java.util.List;

/** Finds addresses in the text of a program. */
final class QuotedAddresses {

    private static final int MOST = 100;

    private static final String MARK = "://";

    private static final String ENDS = " \t\r\n\"'`<>()[]{},;|";

    private QuotedAddresses() {}

    static List<String> in(String text) {
        List<String> addresses = new ArrayList<>(1);
        for (int at = text.indexOf(MARK); at >= 0 && addresses.size() < MOST; ) {
            int start = at;
            while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1)) && at - start < 16) {
                start--;
            }
            int end = at + MARK.length();
            while (end < text.length() && ENDS.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            addresses.add(text.substring(start, end));
            at = text.indexOf(MARK, end);
        }
        return addresses;
    }
}
