package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.HomeDirectories;
import cloud.enact.analysis.path.NameGlob;
import java.util.List;
import java.util.Set;

/** How much is lost when everything at a place is deleted, from the least to the most. */
enum DeletedPlace {
    /** Made to be thrown away. */
    TEMPORARY,
    /** Made by programs out of what is in the project, which make it again. */
    GENERATED,
    /** Below the directory that the command works in. */
    INSIDE,
    /** Known only when the command runs. */
    UNKNOWN,
    /** Elsewhere, with many directories above it. */
    ELSEWHERE,
    /** Right below a home. */
    TOP,
    /** A home, a project, a system, or everything. */
    WHOLE;

    private static final Set<String> SYSTEM = Set.of(
            ("etc usr bin sbin lib lib32 lib64 boot dev sys proc var root system library applications windows opt srv "
                            + "run snap nix mnt media volumes")
                    .split(" "));

    /** Below these, somebody installs and removes things all the time. */
    private static final List<List<String>> LOOSE = List.of(
            List.of("usr", "local"),
            List.of("usr", "src"),
            List.of("opt"),
            List.of("srv"),
            List.of("var", "cache"),
            List.of("var", "log"),
            List.of("var", "www"),
            List.of("mnt"),
            List.of("media"),
            List.of("volumes"),
            List.of("var", "lib", "apt", "lists"),
            List.of("run"),
            List.of("var", "run"));

    private static final List<List<String>> TEMPORARY_ROOTS = List.of(
            List.of("tmp"),
            List.of("var", "tmp"),
            List.of("dev", "shm"),
            List.of("var", "folders"),
            List.of("temp"),
            List.of("windows", "temp"));

    /**
     * Where a path leads, wherever the command works.
     *
     * @param home the user's home directory, absolute
     */
    static DeletedPlace of(FilePath path, String home) {
        List<String> names = path.names();
        if (!path.absolute()) {
            boolean everything = names.isEmpty()
                    || names.size() == 1
                            && (isEverything(path.last()) || path.last().equals(".git"));
            if (path.climbs() > 0) {
                return everything || path.climbs() > 1 ? WHOLE : ELSEWHERE;
            }
            return everything ? WHOLE : INSIDE;
        }
        for (List<String> root : TEMPORARY_ROOTS) {
            if (names.size() > root.size() && names.subList(0, root.size()).equals(root)) {
                return TEMPORARY;
            }
        }
        if (names.size() > 4 && names.contains("appdata") && names.contains("temp")) {
            return TEMPORARY;
        }
        int last = (!names.isEmpty() && isEverything(path.last())) ? names.size() - 1 : names.size();
        if (HomeDirectories.include(path, home)) {
            return HomeDirectories.isWhole(path, home) ? WHOLE : (last - depth(names) < 2) ? TOP : ELSEWHERE;
        }
        for (List<String> loose : LOOSE) {
            if (last > loose.size() && names.subList(0, loose.size()).equals(loose)) {
                return ELSEWHERE;
            }
        }
        return (last < 2 || SYSTEM.stream().anyMatch(name -> NameGlob.mayBe(names.get(0), name))) ? WHOLE : ELSEWHERE;
    }

    private static int depth(List<String> names) {
        return names.get(0).equals("root") ? 1 : 2;
    }

    /** Whether what is there is thrown away all the time. */
    boolean isMadeAgain() {
        return compareTo(GENERATED) <= 0;
    }

    static boolean isEverything(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> "*.?".indexOf(c) >= 0) && name.indexOf('*') >= 0;
    }
}
