package cloud.enact.console;

import cloud.enact.action.ShortText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the lines of a text: what both begin and end with stays, what is in between was exchanged. */
final class LineDiff {

    private static final int CONTEXT = 3;

    private static final int MOST = 400;

    private LineDiff() {}

    /** Lines to show, each with its sign; linear in the size of both. */
    static List<Map<String, @Nullable Object>> of(String before, String after) {
        String[] old = lines(before);
        String[] now = lines(after);
        int start = 0;
        while (start < old.length && start < now.length && old[start].equals(now[start])) {
            start++;
        }
        int end = 0;
        while (end < old.length - start
                && end < now.length - start
                && old[old.length - 1 - end].equals(now[now.length - 1 - end])) {
            end++;
        }
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        if (start > CONTEXT) {
            add(lines, "…", " ", "same");
        }
        add(lines, old, Math.max(0, start - CONTEXT), start, " ", "same");
        add(lines, old, start, old.length - end, "-", "gone");
        add(lines, now, start, now.length - end, "+", "new");
        add(lines, old, old.length - end, Math.min(old.length, old.length - end + CONTEXT), " ", "same");
        if (end > CONTEXT) {
            add(lines, "…", " ", "same");
        }
        return lines;
    }

    private static String[] lines(String text) {
        return text.isEmpty() ? new String[0] : text.split("\n", -1);
    }

    private static void add(
            List<Map<String, @Nullable Object>> lines, String[] of, int from, int to, String sign, String tone) {
        for (int i = from; i < to; i++) {
            if (lines.size() == MOST) {
                add(lines, "…", " ", "same");
            }
            if (lines.size() > MOST) {
                return;
            }
            add(lines, of[i], sign, tone);
        }
    }

    private static void add(List<Map<String, @Nullable Object>> lines, String text, String sign, String tone) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("sign", sign);
        line.put("text", ShortText.of(text, 500));
        line.put("tone", tone);
        lines.add(line);
    }
}
