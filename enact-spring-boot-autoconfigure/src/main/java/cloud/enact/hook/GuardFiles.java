package cloud.enact.hook;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.NameGlob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows the files of the guard and of the hooks that ask it, however a path to them is written. Immutable. */
final class GuardFiles {

    /** Where the store, the keys and the undo data are unless somebody says otherwise. */
    private static final String OWN = ".enact";

    private static final String AGENT = ".claude";

    /** What its files are called where nobody says otherwise. */
    private static final List<String> OWN_NAMES = List.of("hook-token", "enact.db", "console-credential");

    private static final List<String> SETTINGS =
            List.of("settings.json", "settings.local.json", "managed-settings.json", "hooks.json", AGENT, OWN);

    private static final Set<String> EXTENSIONS = Set.of("agents", "skills", "commands", "plugins", "output-styles");

    private static final Set<String> MANAGED = Set.of("claude-code", "claudecode");

    private final List<List<String>> secret;

    private final List<List<String>> store;

    private final List<List<String>> locked;

    /** One of these stands in every path to such a file that is written out, in small letters. */
    private final Set<String> marks;

    /** Directories that hold such settings on every machine. */
    private final List<List<String>> holders;

    private final String home;

    GuardFiles(GuardPlaces places, String home) {
        this.home = home;
        Set<String> secretPlaces = new HashSet<>(places.secret());
        // what the process was started with, and what it has in memory
        secretPlaces.add("/proc/" + places.pid());
        // where the token of an agent lies
        secretPlaces.add(home + "/" + OWN);
        this.secret = names(secretPlaces);
        this.store = names(places.store());
        this.locked = names(places.locked());
        this.holders = names(List.of(home, "/etc/claude-code"));
        Set<String> last = new HashSet<>(MANAGED);
        last.addAll(List.of(OWN, AGENT, "managed-settings"));
        this.secret.forEach(names -> last.add(names.get(names.size() - 1)));
        this.store.forEach(names -> last.add(names.get(names.size() - 1)));
        this.locked.forEach(names -> last.add(names.get(names.size() - 1)));
        this.marks = Set.copyOf(last);
    }

    /** Whether a word may name such a file at all: most do not, and looking closer takes its time. */
    boolean mayBeNamedBy(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < small.length(); i++) {
            if ("*?[{$%~\\".indexOf(small.charAt(i)) >= 0 || small.charAt(i) > '~') {
                return true;
            }
        }
        return this.marks.stream().anyMatch(small::contains);
    }

    private List<List<String>> names(Collection<String> paths) {
        return paths.stream()
                .flatMap(path -> FilePath.readings(path, this.home).stream())
                .map(FilePath::names)
                .filter(names -> !names.isEmpty())
                .toList();
    }

    /** Whether it is a file of the guard that nobody else reads or changes. */
    boolean isSecret(String path, @Nullable String cwd, boolean whole) {
        return isSecret(path, cwd, whole, false);
    }

    /**
     * Whether it is a file of the guard that nobody else reads or changes.
     *
     * @param reads whether it is only read: who reads all of the project he works in may read what is sealed in there
     */
    boolean isSecret(String path, @Nullable String cwd, boolean whole, boolean reads) {
        for (FilePath reading : readings(path, cwd)) {
            boolean own = whole && reads && cwd != null && isBelow(reading, cwd);
            if (isIn(reading, this.secret, whole)
                    || isIn(reading, this.store, whole && !own)
                    || isOfGuard(reading.names(), whole && !own)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pattern may be the name of one of its files. */
    boolean mayBeOwnName(String pattern) {
        return OWN_NAMES.stream().anyMatch(name -> NameGlob.mayBe(pattern, name))
                || Stream.concat(this.secret.stream(), this.store.stream())
                        .anyMatch(names -> NameGlob.mayBe(pattern, names.get(names.size() - 1)));
    }

    /** Whether a pattern may be the name of one of its files, or of one that says how it works. */
    boolean mayBeKnownName(String pattern) {
        return mayBeOwnName(pattern)
                || SETTINGS.stream().anyMatch(name -> NameGlob.mayBe(pattern, name))
                || this.locked.stream().anyMatch(names -> NameGlob.mayBe(pattern, names.get(names.size() - 1)));
    }

    /** Whether the agent finds there what it may be told to be: sub-agents, skills, commands and plug-ins. */
    boolean isExtension(String path, @Nullable String cwd) {
        for (FilePath reading : readings(path, cwd)) {
            List<String> names = reading.names();
            int agent = names.indexOf(AGENT);
            if (agent >= 0 && agent + 1 < names.size() && EXTENSIONS.contains(names.get(agent + 1))) {
                return true;
            }
        }
        return false;
    }

    private boolean isBelow(FilePath path, String directory) {
        return path.absolute()
                && FilePath.readings(directory, this.home).stream()
                        .anyMatch(own -> path.names().size() >= own.names().size()
                                && path.names().subList(0, own.names().size()).equals(own.names()));
    }

    private static boolean isOfGuard(List<String> names, boolean whole) {
        for (int i = 0; i < names.size(); i++) {
            // a pattern for hidden files names the directory along with others, and what is in it only as a whole
            boolean further = whole || i + 1 < names.size();
            if (names.get(i).equals(OWN) || further && NameGlob.mayBe(names.get(i), OWN)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it says how the guard works, or which hooks ask it. */
    boolean isLocked(String path, @Nullable String cwd, boolean whole) {
        for (FilePath reading : readings(path, cwd)) {
            if (isIn(reading, this.locked, whole)
                    || isOfHooks(reading, whole)
                    || whole && isAround(reading, this.holders)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is such a directory itself or one around it; what may be any file in one is not. */
    private static boolean isAround(FilePath path, List<List<String>> directories) {
        List<String> names = path.names();
        return path.absolute()
                && directories.stream()
                        .anyMatch(directory -> names.size() <= directory.size()
                                && IntStream.range(0, names.size())
                                        .allMatch(i -> NameGlob.mayBe(names.get(i), directory.get(i))));
    }

    private List<FilePath> readings(String path, @Nullable String cwd) {
        List<FilePath> readings = new ArrayList<>(FilePath.readings(path, this.home));
        if (cwd != null) {
            for (FilePath reading : List.copyOf(readings)) {
                if (!reading.absolute()) {
                    readings.addAll(FilePath.readings(cwd + "/" + path, this.home));
                    break;
                }
            }
        }
        return readings;
    }

    /** The settings of Claude Code that hold hooks, in any home and project, those of administrators, and scripts. */
    private static boolean isOfHooks(FilePath path, boolean whole) {
        List<String> names = path.names();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String next = (i + 1 < names.size()) ? names.get(i + 1) : "";
            if (NameGlob.mayBe(name, AGENT)
                    && (next.isEmpty()
                            ? whole
                            : next.equals("*")
                                    || next.startsWith("settings")
                                    || NameGlob.mayBe(next, "settings.json")
                                    || NameGlob.mayBe(next, "settings.local.json")
                                    || NameGlob.mayBe(next, "hooks"))) {
                return true;
            }
            if (name.equals(AGENT) && bringHooks(names.subList(i + 1, names.size()))) {
                return true;
            }
            if (name.startsWith("managed-settings")
                    || NameGlob.mayBe(name, "managed-settings.json")
                    || MANAGED.contains(name) && i > 0 && isOfAdministrators(names.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    /** What a plug-in brings along. */
    private static boolean bringHooks(List<String> names) {
        return names.contains("hooks.json") || names.contains("plugins") && names.contains("hooks");
    }

    private static boolean isOfAdministrators(String parent) {
        return parent.equals("etc")
                || parent.equals("application support")
                || parent.equals("program files")
                || parent.equals("programdata");
    }

    /** Whether a path is one of these, lies below one, or takes one along. */
    private static boolean isIn(FilePath path, List<List<String>> protectedNames, boolean whole) {
        if (!path.absolute()) {
            return false;
        }
        List<String> names = path.names();
        for (List<String> own : protectedNames) {
            if (names.size() >= own.size() ? agree(names, own, own.size()) : whole && agree(names, own, names.size())) {
                return true;
            }
        }
        return false;
    }

    private static boolean agree(List<String> names, List<String> own, int length) {
        for (int i = 0; i < length; i++) {
            String name = names.get(i);
            // what is kept beside a file of the store has its name and more
            boolean beside = i == own.size() - 1 && name.startsWith(own.get(i));
            if (!beside && !name.equals("*") && !NameGlob.mayBe(name, own.get(i))) {
                return false;
            }
        }
        return true;
    }
}
