package cloud.enact.analysis.path;

import java.util.ArrayList;
import java.util.List;

/** What braces stand for, as far as there are not too many. */
final class Alternatives {

    private static final int MOST_SPELLINGS = 32;

    private Alternatives() {}

    static List<String> of(String text) {
        List<String> done = new ArrayList<>(1);
        List<String> open = new ArrayList<>(PathReading.unhidden(text));
        int steps = 0;
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            int start = brace(next);
            int end = (start < 0) ? -1 : next.indexOf('}', start);
            if (end < 0
                    || next.indexOf(',', start) < 0
                    || next.indexOf(',', start) > end
                    || ++steps > MOST_SPELLINGS
                    || open.size() + done.size() > MOST_SPELLINGS) {
                done.add(next);
                continue;
            }
            for (String choice : next.substring(start + 1, end).split(",", MOST_SPELLINGS)) {
                open.add(next.substring(0, start) + choice + next.substring(end + 1));
            }
        }
        return done;
    }

    private static int brace(String text) {
        int start = text.indexOf('{');
        while (start > 0 && text.charAt(start - 1) == '$') {
            start = text.indexOf('{', start + 1);
        }
        return start;
    }
}
