package cloud.enact.analysis.path;

import java.util.List;
import java.util.Set;

/** Home directories of people and services, on any system. */
public final class HomeDirectories {

    private static final Set<String> PARENTS = Set.of("home", "users", "documents and settings");

    private HomeDirectories() {}

    /** Whether the path is a home directory, lies in one, or is the directory that holds them all. */
    public static boolean include(FilePath path, String home) {
        List<String> names = path.names();
        if (!path.absolute() || names.isEmpty()) {
            return false;
        }
        if (starts(names, home)) {
            return true;
        }
        String first = names.get(0);
        return PARENTS.stream().anyMatch(parent -> NameGlob.mayBe(first, parent))
                || NameGlob.mayBe(first, "root")
                || names.size() > 1
                        && (first.equals("var") && names.get(1).equals("root")
                                || (first.equals("export") || first.equals("usr"))
                                        && names.get(1).equals("home"));
    }

    /** Whether one of the readings of a text is a home directory or lies in one. */
    public static boolean include(String text, String home) {
        return FilePath.readings(text, home).stream().anyMatch(path -> include(path, home));
    }

    private static boolean starts(List<String> names, String home) {
        List<String> own = names(home);
        return !own.isEmpty()
                && names.size() >= own.size()
                && names.subList(0, own.size()).equals(own);
    }

    private static List<String> names(String home) {
        return FilePath.readings(home, home).stream()
                .findFirst()
                .map(FilePath::names)
                .orElse(List.of());
    }

    /** Whether the path is the home directory of somebody as a whole, not something in it. */
    public static boolean isWhole(FilePath path, String home) {
        if (!include(path, home)) {
            return false;
        }
        List<String> names = path.names();
        int depth = names.get(0).equals("root") ? 1 : names.get(0).equals("export") ? 3 : 2;
        boolean everything = names.size() == depth + 1 && NameGlob.isIn(path.last());
        return names.size() <= depth || everything || names.equals(names(home));
    }
}
