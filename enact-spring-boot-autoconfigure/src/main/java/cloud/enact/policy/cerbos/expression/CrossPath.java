package cloud.enact.policy.cerbos.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A path of Unix or Windows, read without touching any disk. Windows paths are those with a backslash, a drive or a
 * share. Immutable.
 *
 * @param path the path with slashes and nothing superfluous: {@code /C:/dir} for a drive, {@code /host/share} for a share
 * @param kind what was written
 */
record CrossPath(String path, Kind kind) {

    /** What was written. */
    enum Kind {
        /** {@code /a/b} or {@code a/b}. */
        UNIX,
        /** A relative path with backslashes. */
        BACKSLASHES,
        /** A path with a drive. */
        DRIVE,
        /** A path of a share. */
        SHARE
    }

    static CrossPath of(String text) {
        if (text.startsWith("\\\\")) {
            return new CrossPath(clean(text.replace('\\', '/')), Kind.SHARE);
        }
        boolean backslashes = text.indexOf('\\') >= 0;
        if (hasDrive(text)) {
            if (!backslashes && text.length() > 2) {
                throw new IllegalArgumentException("A path below a drive needs a backslash");
            }
            return new CrossPath(clean("/" + text.replace('\\', '/')), Kind.DRIVE);
        }
        return new CrossPath(clean(text.replace('\\', '/')), backslashes ? Kind.BACKSLASHES : Kind.UNIX);
    }

    /** The volume of a Windows path, or the empty text. */
    static String volume(String text) {
        if (text.startsWith("\\\\")) {
            String[] parts = text.substring(2).split("\\\\", 3);
            boolean share = parts.length > 1 && !parts[0].isEmpty() && !parts[1].isEmpty();
            return share ? "\\\\" + parts[0] + "\\" + parts[1] : "";
        }
        return hasDrive(text) ? text.substring(0, 2) : "";
    }

    /** The path as it is written where it comes from. */
    String toText() {
        return switch (this.kind) {
            case UNIX -> this.path;
            case BACKSLASHES -> this.path.replace('/', '\\');
            case DRIVE -> this.path.substring(1).replace('/', '\\');
            case SHARE -> "\\" + this.path.replace('/', '\\');
        };
    }

    String base() {
        return this.path.equals("/") ? "/" : this.path.substring(this.path.lastIndexOf('/') + 1);
    }

    String extension() {
        int dot = this.path.lastIndexOf('.');
        return (dot > this.path.lastIndexOf('/')) ? this.path.substring(dot) : "";
    }

    CrossPath parent() {
        int slash = this.path.lastIndexOf('/');
        boolean drive = this.kind == Kind.DRIVE && slash == 0;
        boolean share = this.kind == Kind.SHARE && this.path.indexOf('/', 1) == slash;
        if (drive || share) {
            return drive ? new CrossPath(this.path + "/", this.kind) : this;
        }
        return new CrossPath(slash > 0 ? this.path.substring(0, slash) : (slash == 0 ? "/" : "."), this.kind);
    }

    CrossPath join(CrossPath other) {
        return new CrossPath(clean(this.path + "/" + other.path), this.kind);
    }

    /** The way from a folder to this path. */
    CrossPath relativeTo(CrossPath folder) {
        if (this.path.startsWith("/") != folder.path.startsWith("/")) {
            throw new IllegalArgumentException("One of the paths is absolute and the other is not");
        }
        List<String> from = names(folder.path);
        List<String> to = names(this.path);
        int common = 0;
        while (common < from.size() && common < to.size() && from.get(common).equals(to.get(common))) {
            common++;
        }
        if (from.subList(common, from.size()).contains("..")) {
            throw new IllegalArgumentException("Where the folder is can't be known");
        }
        List<String> way = new ArrayList<>();
        from.subList(common, from.size()).forEach(name -> way.add(".."));
        way.addAll(to.subList(common, to.size()));
        Kind kind = (this.kind == Kind.UNIX) ? Kind.UNIX : Kind.BACKSLASHES;
        return new CrossPath(way.isEmpty() ? "." : String.join("/", way), kind);
    }

    private static List<String> names(String path) {
        return List.of(path.split("/")).stream()
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }

    private static boolean hasDrive(String text) {
        return text.length() > 1
                && text.charAt(1) == ':'
                && (text.charAt(0) >= 'a' && text.charAt(0) <= 'z' || text.charAt(0) >= 'A' && text.charAt(0) <= 'Z');
    }

    /** Leaves out what does not matter: double slashes, single dots, and double dots with what they take back. */
    private static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/")) {
            boolean up = name.equals("..");
            if (name.isEmpty() || name.equals(".") || up && absolute && names.isEmpty()) {
                continue;
            }
            if (up && !names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else {
                names.addLast(name);
            }
        }
        String joined = String.join("/", names);
        return absolute ? "/" + joined : (joined.isEmpty() ? "." : joined);
    }
}
