package cloud.enact.connector.filesystem;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A path below the root as single names, each of which is safe to hand to one system call. The root itself has none.
 *
 * @param names from the root downwards
 */
record JailPath(List<String> names) {

    /** Names that belong to Enact wherever they stand. */
    private static final Set<String> RESERVED = Set.of(".enact", Stage.DIRECTORY);

    static final int MAX_DEPTH = 128;

    private static final int MAX_TEXT = 4096;

    /** What file systems take, in bytes. */
    private static final int MAX_NAME = 255;

    static final JailPath ROOT = new JailPath(List.of());

    JailPath {
        names = List.copyOf(names);
        names.forEach(JailPath::check);
        if (names.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("A path must not be deeper than " + MAX_DEPTH + " directories");
        }
    }

    /**
     * Reads a hostile path, relative to the root or absolute and textually below it.
     *
     * @throws IllegalArgumentException when it leads, or could lead, anywhere else; the path is not echoed
     */
    static JailPath parse(Path root, String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("A path must not be longer than " + MAX_TEXT + " characters");
        }
        String relative = text;
        if (text.startsWith("/")) {
            String top = root.toString();
            if (text.equals(top)) {
                return ROOT;
            }
            if (!text.startsWith(top + "/")) {
                throw new IllegalArgumentException(
                        "The path is outside the root; use a path relative to the root, or one below " + top);
            }
            relative = text.substring(top.length() + 1);
        }
        if (relative.isEmpty() || relative.equals(".")) {
            return ROOT;
        }
        JailPath path = new JailPath(List.of(relative.split("/", -1)));
        for (String name : path.names) {
            if (isReserved(name)) {
                throw new IllegalArgumentException("What Enact keeps for itself is out of reach of every operation");
            }
            representable(root, name);
        }
        return path;
    }

    /** Whether a name belongs to Enact; case is ignored because some file systems do. */
    static boolean isReserved(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Checks that a name is one step down and nothing else.
     *
     * @throws IllegalArgumentException otherwise
     */
    static void check(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A path must not have empty parts: check for doubled or final slashes");
        }
        if (name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("A path must not contain '.' or '..'");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A file name must not contain a slash or a NUL character");
        }
        if (name.length() > MAX_NAME || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw new IllegalArgumentException("A file name must not be longer than " + MAX_NAME + " bytes");
        }
    }

    /** A character the platform can't encode would come out as another name. */
    private static void representable(Path root, String name) {
        try {
            if (root.getFileSystem().getPath(name).toString().equals(name)) {
                return;
            }
        } catch (InvalidPathException ex) {
            // said below, without the name
        }
        throw new IllegalArgumentException(
                "The file name has characters this platform can't encode; start Java in a UTF-8 locale");
    }

    boolean isRoot() {
        return this.names.isEmpty();
    }

    String name() {
        return this.names.get(this.names.size() - 1);
    }

    JailPath parent() {
        return new JailPath(this.names.subList(0, this.names.size() - 1));
    }

    JailPath child(String name) {
        List<String> longer = new ArrayList<>(this.names);
        longer.add(name);
        return new JailPath(longer);
    }

    boolean startsWith(JailPath other) {
        return this.names.size() >= other.names.size()
                && this.names.subList(0, other.names.size()).equals(other.names);
    }

    /** The path relative to the root, names joined by slashes. */
    String text() {
        return String.join("/", this.names);
    }

    /** The path as policies see it. */
    String absolute(Path root) {
        return isRoot() ? root.toString() : root + "/" + text();
    }
}
