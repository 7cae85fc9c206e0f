package cloud.enact.policy.builtin;

import cloud.enact.policy.builtin.FileUse.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that a patch changes: unified diffs, and the patches of coding agents with lines such as {@code *** Add File:}. */
public final class PatchFiles {

    private static final List<String> CHANGES = List.of("*** Update File:", "*** Add File:", "*** Move to:");

    private static final String DELETION = "*** Delete File:";

    private PatchFiles() {}

    /** The files and what happens to them, in order; none when the text is no patch. */
    public static Map<String, Kind> in(String text) {
        if (!text.contains("*** ") && !text.contains("+++ ") && !text.contains("diff --git ")) {
            return Map.of();
        }
        Map<String, Kind> files = new LinkedHashMap<>();
        String old = null;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.startsWith("--- ")) {
                old = path(line.substring(4));
            } else if (line.startsWith("+++ ") && (old != null || line.startsWith("+++ b/"))) {
                boolean deleted = line.startsWith("+++ /dev/null");
                files.put((deleted && old != null) ? old : path(line.substring(4)), deleted ? Kind.DELETE : Kind.WRITE);
                old = null;
            } else if (line.startsWith("rename to ") || line.startsWith("copy to ")) {
                files.put(line.substring(line.indexOf(" to ") + 4).strip(), Kind.WRITE);
            } else if (line.startsWith("diff --git ") && line.indexOf(" b/") > 0) {
                files.put(path(line.substring(line.lastIndexOf(" b/") + 1)), Kind.WRITE);
            } else if (line.startsWith(DELETION)) {
                files.put(line.substring(DELETION.length()).strip(), Kind.DELETE);
            } else if (line.startsWith("*** ")) {
                for (String change : CHANGES) {
                    if (line.startsWith(change)) {
                        files.put(line.substring(change.length()).strip(), Kind.WRITE);
                    }
                }
            }
        }
        return files;
    }

    /** {@code b/src/a.txt}, a tab and a date may follow. */
    private static String path(String header) {
        int tab = header.indexOf('\t');
        String path = ((tab < 0) ? header : header.substring(0, tab)).strip();
        if (path.length() > 1 && path.startsWith("\"") && path.endsWith("\"")) {
            path = path.substring(1, path.length() - 1);
        }
        return (path.startsWith("a/") || path.startsWith("b/")) ? path.substring(2) : path;
    }
}
