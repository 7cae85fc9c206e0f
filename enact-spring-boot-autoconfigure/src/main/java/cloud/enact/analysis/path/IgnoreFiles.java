package cloud.enact.analysis.path;

/** Files that tell git what to leave out. */
public final class IgnoreFiles {

    private IgnoreFiles() {}

    /** Whether git reads the file to know what to leave out. */
    public static boolean includes(FilePath path) {
        return path.endsWith(".gitignore")
                || path.endsWith(".gitignore_global")
                || path.isBelow("info", "exclude") && path.isBelow(".git")
                || path.isBelow(".config", "git", "ignore");
    }

    /** Whether one of the readings of a text is such a file. */
    public static boolean includes(String text, String home) {
        return FilePath.readings(text, home).stream().anyMatch(IgnoreFiles::includes);
    }
}
