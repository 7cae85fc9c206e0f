package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.HomeDirectories;
import cloud.enact.analysis.path.NameGlob;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much is lost when everything at a place is deleted, from the least to the most. */
enum DeletedPlace {
    /** Made to be thrown away. */
    TEMPORARY,
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

    private static final List<String> TEMPORARY_VARIABLES = List.of(
            "$tmpdir",
            "${tmpdir}",
            "${tmpdir:-/tmp}",
            "${tmpdir:-/var/tmp}",
            "${tmpdir:=/tmp}",
            "${tmpdir-/tmp}",
            "$temp",
            "${temp}",
            "$tmp_dir",
            "%temp%",
            "%tmp%",
            "$env:temp",
            "$env:tmp",
            "$runner_temp",
            "${runner_temp}");

    /** Whose output names a new directory for nobody else. */
    private static final List<String> MAKERS = List.of("$(mktemp", "`mktemp", "$(command mktemp");

    private static final List<String> HERE =
            List.of("$(pwd)", "`pwd`", "$(git rev-parse --show-toplevel)", "$pwd", "${pwd}");

    /**
     * Where a path of a command line leads.
     *
     * @param home the user's home directory, absolute
     */
    static DeletedPlace of(ShellWord path, ShellFacts shell, String home) {
        String text = known(path.text(), shell, 0);
        boolean remote = text.indexOf(':') > 1
                && text.indexOf(':') < Math.max(text.indexOf('/'), 2)
                && !text.startsWith("file:");
        if (remote) {
            return UNKNOWN;
        }
        DeletedPlace worst = TEMPORARY;
        boolean open = text.startsWith("$") || text.startsWith("`") || text.startsWith("{}");
        for (FilePath reading : FilePath.readings(text, home)) {
            DeletedPlace place = of(reading, home);
            boolean homeKnown = reading.absolute();
            if (open && !homeKnown && (path.dynamic() || text.startsWith("{}"))) {
                place = (reading.climbs() > 0) ? WHOLE : UNKNOWN;
            }
            if (place.compareTo(worst) > 0) {
                worst = place;
            }
        }
        return worst;
    }

    /** The text with what is known of its first variable in its place. */
    private static String known(String text, ShellFacts shell, int depth) {
        String folded = text.toLowerCase(Locale.ROOT);
        for (String variable : TEMPORARY_VARIABLES) {
            if (folded.startsWith(variable)
                    && (folded.length() == variable.length() || !isNamePart(folded, variable))) {
                return "/tmp" + text.substring(variable.length());
            }
        }
        for (String here : HERE) {
            if (folded.startsWith(here)) {
                return "." + text.substring(here.length());
            }
        }
        for (String maker : MAKERS) {
            if (folded.startsWith(maker)) {
                char close = maker.startsWith("`") ? '`' : ')';
                int end = text.indexOf(close, maker.length());
                return "/tmp/made" + ((end < 0) ? "" : text.substring(end + 1));
            }
        }
        if (!text.startsWith("$") || depth > 2) {
            return text;
        }
        int start = text.startsWith("${") ? 2 : 1;
        int end = start;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        String name = text.substring(start, end);
        if (start == 2) {
            if (end >= text.length() || text.charAt(end) != '}') {
                return text;
            }
            end++;
        }
        ShellWord value = assigned(name, shell);
        return (value == null || value.text().equals(text))
                ? text
                : known(value.text() + text.substring(end), shell, depth + 1);
    }

    private static boolean isNamePart(String text, String variable) {
        char next = text.charAt(variable.length());
        return Character.isLetterOrDigit(variable.charAt(variable.length() - 1))
                && (Character.isLetterOrDigit(next) || next == '_');
    }

    private static @Nullable ShellWord assigned(String name, ShellFacts shell) {
        ShellWord found = null;
        for (ShellCommand command : shell.commands()) {
            ShellWord value = command.assignments().get(name);
            if (value != null && found != null && !found.equals(value)) {
                return null;
            }
            found = (value != null) ? value : found;
            for (ShellWord word : command.arguments()) {
                boolean declares = Set.of("export", "local", "declare", "readonly", "typeset")
                                .contains(command.name())
                        && word.text().startsWith(name + "=");
                found = declares
                        ? new ShellWord(word.text().substring(name.length() + 1), word.dynamic(), word.glob())
                        : found;
            }
        }
        return found;
    }

    private static DeletedPlace of(FilePath path, String home) {
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

    private static boolean isEverything(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> "*.?".indexOf(c) >= 0) && name.indexOf('*') >= 0;
    }
}
