package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.path.CurrentDirectory;
import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the paths of one command line lead, from the directory that it begins in. For one decision in one thread. */
final class DeletedPlaces {

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

    private static final Set<String> DECLARATIONS = Set.of("export", "local", "declare", "readonly", "typeset");

    private final ShellFacts shell;

    private @Nullable Map<String, ShellWord> assigned;

    private final CurrentDirectory directory;

    private final String home;

    /**
     * Looks at a command line.
     *
     * @param home the user's home directory, absolute
     */
    DeletedPlaces(ShellFacts shell, CurrentDirectory directory, String home) {
        this.shell = shell;
        this.directory = directory;
        this.home = home;
    }

    /** The same paths for a command that runs where nobody here knows the directory. */
    DeletedPlaces elsewhere() {
        return new DeletedPlaces(this.shell, CurrentDirectory.of(null, this.home), this.home);
    }

    /** Where a path leads. */
    DeletedPlace of(ShellWord path) {
        String text = known(path.text(), 0);
        boolean remote = text.indexOf(':') > 1
                && text.indexOf(':') < Math.max(text.indexOf('/'), 2)
                && !text.startsWith("file:");
        if (remote) {
            return DeletedPlace.UNKNOWN;
        }
        DeletedPlace worst = DeletedPlace.TEMPORARY;
        boolean open = text.startsWith("$") || text.startsWith("`") || text.startsWith("{}");
        for (FilePath reading : this.directory.readings(text)) {
            DeletedPlace place = of(reading, path.dynamic());
            boolean homeKnown = reading.absolute();
            if (open && !homeKnown && (path.dynamic() || text.startsWith("{}"))) {
                place = (reading.climbs() > 0) ? DeletedPlace.WHOLE : DeletedPlace.UNKNOWN;
            }
            if (place.compareTo(worst) > 0) {
                worst = place;
            }
        }
        return worst;
    }

    private DeletedPlace of(FilePath path, boolean dynamic) {
        if (path.absolute() && this.directory.isWorkspace()) {
            List<String> names = path.names();
            boolean everything = !names.isEmpty() && DeletedPlace.isEverything(path.last());
            if (this.directory.isIn(everything ? names.subList(0, names.size() - 1) : names)) {
                return DeletedPlace.WHOLE;
            }
            if (this.directory.holds(path)) {
                List<String> below = this.directory.below(path);
                if (below.equals(List.of(".git"))) {
                    return DeletedPlace.WHOLE;
                }
                return (!dynamic && Generated.are(below)) ? DeletedPlace.GENERATED : DeletedPlace.INSIDE;
            }
        }
        DeletedPlace place = DeletedPlace.of(path, this.home);
        boolean again = place == DeletedPlace.TOP && path.absolute() && Generated.are(List.of(path.last()));
        return again ? DeletedPlace.ELSEWHERE : place;
    }

    /** Whether a path leads to where the command line works, or below, and to nothing else. */
    boolean areOwn(String path) {
        if (this.directory.isWorkspace()) {
            String text = known(path, 0);
            return this.directory.readings(text).stream()
                    .allMatch(reading -> reading.absolute()
                            ? this.directory.holds(reading) || this.directory.is(reading)
                            : isRelative(text));
        }
        return !this.directory.isKnown() && isRelative(path);
    }

    private static boolean isRelative(String path) {
        return !path.isEmpty() && "/~$\\".indexOf(path.charAt(0)) < 0 && !path.startsWith("..");
    }

    /** A path from the root where that is known, with one slash between names and in small letters. */
    String fromRoot(String path) {
        List<FilePath> readings = this.directory.readings(path);
        return (readings.size() == 1 && readings.get(0).absolute())
                ? "/" + String.join("/", readings.get(0).names())
                : path;
    }

    /** The text with what is known of its first variable in its place. */
    private String known(String text, int depth) {
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
        ShellWord value = assigned(name);
        return (value == null || value.text().equals(text))
                ? text
                : known(value.text() + text.substring(end), depth + 1);
    }

    private static boolean isNamePart(String text, String variable) {
        char next = text.charAt(variable.length());
        return Character.isLetterOrDigit(variable.charAt(variable.length() - 1))
                && (Character.isLetterOrDigit(next) || next == '_');
    }

    private @Nullable ShellWord assigned(String name) {
        Map<String, ShellWord> known = this.assigned;
        if (known == null) {
            known = assignments();
            this.assigned = known;
        }
        return known.get(name);
    }

    /** What variables are set to, but for those that are set to more than one text. */
    private Map<String, ShellWord> assignments() {
        Map<String, ShellWord> values = new HashMap<>();
        Set<String> several = new HashSet<>();
        for (ShellCommand command : this.shell.commands()) {
            command.assignments().forEach((name, value) -> {
                ShellWord before = values.put(name, value);
                if (before != null && !before.equals(value)) {
                    several.add(name);
                }
            });
            if (DECLARATIONS.contains(command.name())) {
                for (ShellWord word : command.arguments()) {
                    int equals = word.text().indexOf('=');
                    if (equals > 0) {
                        values.put(
                                word.text().substring(0, equals),
                                new ShellWord(word.text().substring(equals + 1), word.dynamic(), word.glob()));
                    }
                }
            }
        }
        several.forEach(values::remove);
        return values;
    }
}
