package cloud.enact.connector.github;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of a commit: their text, or nothing where a file goes. No path leads out of the tree or into git's own folder.
 *
 * @param texts text by path, sorted; {@code null} deletes
 */
record ChangedFiles(SortedMap<String, @Nullable String> texts) {

    private static final int MOST_FILES = 100;

    private static final int MOST_PATH_BYTES = 1024;

    private static final int MOST_NAME_BYTES = 255;

    private static final int MOST_FILE_BYTES = 1024 * 1024;

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** Other spellings that a file system takes for git's own folder. */
    private static final Pattern GIT = Pattern.compile("\\.git|git~[0-9]+");

    /**
     * Reads the argument {@code files}.
     *
     * @throws IllegalArgumentException when it names no files, too many, or one that can't be
     */
    static ChangedFiles of(@Nullable Object argument) {
        if (!(argument instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new IllegalArgumentException("'files' names the files of the commit: an object of paths and texts");
        }
        if (map.size() > MOST_FILES) {
            throw new IllegalArgumentException("A commit takes " + MOST_FILES + " files at most; push several");
        }
        SortedMap<String, @Nullable String> texts = new TreeMap<>();
        long total = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String path) || !isPath(path)) {
                throw new IllegalArgumentException("A path in 'files' is not one of a file in a repository: names with"
                        + " '/' between them, none of them '.', '..' or '.git'");
            }
            total += text(entry.getValue());
            texts.put(path, (String) entry.getValue());
        }
        if (total > MOST_BYTES) {
            throw new IllegalArgumentException("A commit takes " + MOST_BYTES + " bytes at most; push several");
        }
        for (String path : texts.keySet()) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                if (texts.get(path.substring(0, slash)) != null && texts.get(path) != null) {
                    throw new IllegalArgumentException("'files' has a path that is both a file and a folder");
                }
            }
        }
        return new ChangedFiles(texts);
    }

    private static int text(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(
                    "In 'files', text stands for the content of a file, and null deletes it");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_FILE_BYTES) {
            throw new IllegalArgumentException("A file takes " + MOST_FILE_BYTES + " bytes at most");
        }
        if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            throw new IllegalArgumentException("A text in 'files' has half a character in it");
        }
        return bytes.length;
    }

    private static boolean isPath(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_PATH_BYTES || !new String(bytes, StandardCharsets.UTF_8).equals(path)) {
            return false;
        }
        for (String name : path.split("/", -1)) {
            if (!isName(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String name) {
        // what file systems leave out of a name or don't tell apart must not make git's own folder of it
        String plain = name.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[. ]+$", "");
        // a colon begins a stream of a file on Windows
        int colon = plain.indexOf(':');
        String opened = (colon < 0) ? plain : plain.substring(0, colon).replaceAll("[. ]+$", "");
        return !plain.isEmpty()
                && !GIT.matcher(opened).matches()
                && name.getBytes(StandardCharsets.UTF_8).length <= MOST_NAME_BYTES
                && name.indexOf('\\') < 0
                && name.codePoints().noneMatch(Character::isISOControl);
    }
}
