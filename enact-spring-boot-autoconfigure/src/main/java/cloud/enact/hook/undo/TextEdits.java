package cloud.enact.hook.undo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does what a tool does that replaces text in a file. */
final class TextEdits {

    /** Each edit can come out in two ways; more than this is not followed. */
    private static final int MOST = 8;

    /** A text that becomes longer is not followed: two short ones may make one that takes all memory. */
    private static final int LONGEST = 16 * 1024 * 1024;

    /** How many characters edits may read together: each reads the whole text. */
    private static final long MOST_READ = 256L * 1024 * 1024;

    private TextEdits() {}

    /**
     * The texts that edits can lead to, one after the other; empty when one of them can't be made, or it is too much.
     *
     * @param edits as they stand in the tool's input
     */
    static Set<String> of(String text, List<?> edits) {
        Set<String> texts = Set.of(text);
        long read = 0;
        for (Object edit : edits) {
            Set<String> next = new LinkedHashSet<>();
            for (String each : texts) {
                read += each.length();
                if (read > MOST_READ) {
                    return Set.of();
                }
                if (next.size() < MOST && edit instanceof Map<?, ?> one) {
                    add(each, one, next);
                }
            }
            texts = next;
        }
        return texts;
    }

    private static void add(String text, Map<?, ?> edit, Set<String> texts) {
        if (!(edit.get("old_string") instanceof String old) || !(edit.get("new_string") instanceof String now)) {
            return;
        }
        if (old.isEmpty()) {
            if (text.isEmpty()) {
                texts.add(now);
            }
            return;
        }
        int first = text.indexOf(old);
        boolean all = Boolean.TRUE.equals(edit.get("replace_all"));
        if (first < 0 || !all && text.indexOf(old, first + 1) >= 0) {
            return;
        }
        String line = old + "\n";
        if (now.isEmpty() && !old.endsWith("\n") && text.contains(line)) {
            // what is taken out goes with its line
            texts.add(text.replace(line, now));
        }
        if (isShort(text, old, now)) {
            texts.add(text.replace(old, now));
        }
    }

    private static boolean isShort(String text, String old, String now) {
        int more = Math.max(0, now.length() - old.length());
        long length = text.length();
        for (int at = text.indexOf(old); at >= 0 && length <= LONGEST; at = text.indexOf(old, at + old.length())) {
            length += more;
        }
        return length <= LONGEST;
    }
}
