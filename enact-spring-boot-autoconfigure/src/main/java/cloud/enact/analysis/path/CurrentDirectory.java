package cloud.enact.analysis.path;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory that a call is made in, and where its paths lead from there. The disk is not looked at. Immutable. */
public final class CurrentDirectory {

    private static final int LONGEST = 1024;

    /** Nobody keeps a project right in them, and not far below either. */
    private static final Set<String> SYSTEM = Set.of("etc", "proc", "sys", "dev", "boot", "bin", "sbin", "run");

    /** Projects lie far below them, if at all. */
    private static final Set<String> DEEP = Set.of("usr", "var", "system", "library", "windows", "lib", "lib64");

    /** Projects lie in directories below them. */
    private static final Set<String> ABOVE =
            Set.of("tmp", "temp", "opt", "srv", "mnt", "media", "volumes", "applications", "snap", "nix");

    private final String text;

    /** Where it is; {@code null} when nobody told. */
    private final @Nullable FilePath path;

    private final String home;

    private final boolean workspace;

    private CurrentDirectory(String text, @Nullable FilePath path, String home) {
        this.text = text;
        this.path = path;
        this.home = home;
        this.workspace = path != null && isWorkspace(path, home);
    }

    /**
     * Reads it. What is no absolute path that can be made sense of is as good as none.
     *
     * @param text as somebody tells it, hostile; or {@code null} when nobody does
     * @param home the user's home directory, absolute
     */
    public static CurrentDirectory of(@Nullable String text, String home) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            return new CurrentDirectory("", null, home);
        }
        List<FilePath> readings = FilePath.readings(text, home);
        boolean plain = readings.size() == 1
                && readings.get(0).absolute()
                && !readings.get(0).pattern();
        return new CurrentDirectory(text, plain ? readings.get(0) : null, home);
    }

    /** The ways in which programs may read a text as a path, relative ones from here. */
    public List<FilePath> readings(String text) {
        boolean from = this.path != null && isRelative(text);
        return FilePath.readings(from ? this.text + "/" + text : text, this.home);
    }

    private static boolean isRelative(String text) {
        return !text.isEmpty() && "/\\~$%`{".indexOf(text.charAt(0)) < 0 && text.indexOf(':') < 0;
    }

    /**
     * Whether somebody works on something here, so that what lies below belongs to it: no home as a whole, no part of the
     * system, and nothing that holds the projects of all.
     */
    public boolean isWorkspace() {
        return this.workspace;
    }

    private static boolean isWorkspace(FilePath path, String home) {
        List<String> names = path.names();
        if (names.isEmpty() || HomeDirectories.isWhole(path, home)) {
            return false;
        }
        String first = names.get(0);
        if (SYSTEM.contains(first) || ABOVE.contains(first) && names.size() < 2) {
            return false;
        }
        boolean installed = names.size() == 3
                && (names.get(1).equals("www")
                        || names.get(1).equals("src")
                        || names.get(1).equals("local"));
        return !DEEP.contains(first) || names.size() > 3 || installed || first.equals("var") && isTemporary(names);
    }

    private static boolean isTemporary(List<String> names) {
        return names.size() > 2 && names.get(1).equals("tmp");
    }

    /** Whether anybody told which directory it is. */
    public boolean isKnown() {
        return this.path != null;
    }

    /** Whether the path is this directory itself. */
    public boolean is(FilePath other) {
        return this.path != null && other.absolute() && other.names().equals(names());
    }

    /** Whether this directory, or one it lies in, is the directory of these names. */
    public boolean isIn(List<String> names) {
        return this.path != null && starts(names(), names);
    }

    /** Whether the path lies below this directory. */
    public boolean holds(FilePath other) {
        return this.path != null
                && other.absolute()
                && other.names().size() > names().size()
                && starts(other.names(), names());
    }

    /** The names of a path behind those of this directory, which holds it. */
    public List<String> below(FilePath other) {
        return other.names().subList(names().size(), other.names().size());
    }

    private List<String> names() {
        return (this.path == null) ? List.of() : this.path.names();
    }

    private static boolean starts(List<String> names, List<String> beginning) {
        return names.size() >= beginning.size()
                && names.subList(0, beginning.size()).equals(beginning);
    }

    @Override
    public String toString() {
        return "CurrentDirectory[" + names().size() + " names]";
    }
}
