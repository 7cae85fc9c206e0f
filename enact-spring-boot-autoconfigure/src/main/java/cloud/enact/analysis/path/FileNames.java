package cloud.enact.analysis.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the last name of a path says, without touching the disk. */
public final class FileNames {

    private FileNames() {}

    /**
     * Returns the last name of a path that is not {@code .}, with {@code ..} taken back; empty when there is none.
     * Trailing dots, blanks, marks of backup files and NTFS stream names are left out: some systems ignore them.
     *
     * @param path a path with {@code /} or {@code \} between names
     */
    public static String last(String path) {
        String[] names = path.replace('\\', '/').split("/");
        int taken = 0;
        for (int i = names.length - 1; i >= 0; i--) {
            if (names[i].equals("..")) {
                taken++;
            } else if (!names[i].isEmpty() && !names[i].equals(".") && taken-- <= 0) {
                return trimmed(names[i]);
            }
        }
        return "";
    }

    /**
     * Returns the parts of a name behind its first dot, in small letters: {@code server.pem.bak} gives pem and bak,
     * {@code .env.production} gives env and production.
     */
    public static List<String> suffixes(String name) {
        List<String> suffixes = new ArrayList<>(2);
        int dot = name.indexOf('.');
        while (dot >= 0) {
            int next = name.indexOf('.', dot + 1);
            String part = name.substring(dot + 1, (next < 0) ? name.length() : next);
            suffixes.add(part.toLowerCase(Locale.ROOT));
            dot = next;
        }
        return suffixes;
    }

    private static String trimmed(String name) {
        int stream = name.indexOf(':');
        int end = (stream > 1) ? stream : name.length();
        while (end > 0 && ". ~#".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(0, end);
    }
}
