package cloud.enact.hook;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.builtin.FileUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Searches whose finds are handed to another program, which may be files of the guard that nobody names. */
final class FoundGuardFiles {

    private static final Set<String> FINDERS = Set.of("find", "gfind", "bfs", "fd", "fdfind");

    private static final Set<String> NAMES = Set.of("-name", "-iname", "-path", "-ipath", "-wholename", "-regex");

    private static final Set<String> NEGATIONS = Set.of("!", "-not");

    /** They tell of a file that it is there, and not what it holds. */
    private static final Set<String> ONLY_LIST = Set.of(
            "ls", "stat", "file", "echo", "printf", "basename", "dirname", "du", "realpath", "find", "fd", "xargs");

    private final ShellFacts shell;

    private final Predicate<String> mayBeOfGuard;

    /**
     * Looks at a command line.
     *
     * @param mayBeOfGuard whether a pattern may be the name of a file of the guard
     */
    FoundGuardFiles(ShellFacts shell, Predicate<String> mayBeOfGuard) {
        this.shell = shell;
        this.mayBeOfGuard = mayBeOfGuard;
    }

    /** The directories in which other programs read what is found, where that may be the guard's. */
    List<FileUse> read() {
        List<FileUse> uses = new ArrayList<>(0);
        if (!handsOn()) {
            return uses;
        }
        for (ShellCommand command : this.shell.commands()) {
            if (FINDERS.contains(command.name()) && mayFind(command)) {
                roots(command).forEach(root -> uses.add(new FileUse(FileUse.Kind.READ, root, true)));
            }
        }
        return uses;
    }

    /** Whether a search deletes what it finds there, by names that none of the guard's files has. */
    boolean deletesOnlyOthers(FileUse use) {
        boolean any = false;
        for (ShellCommand command : this.shell.commands()) {
            if (roots(command).contains(use.path()) || command.argv().contains(use.path())) {
                if (!FINDERS.contains(command.name()) || mayFind(command)) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private boolean handsOn() {
        return this.shell.commands().stream()
                .anyMatch(command -> !ONLY_LIST.contains(command.name())
                        && command.wrappers().stream()
                                .anyMatch(wrapper -> wrapper.startsWith("find")
                                        || wrapper.startsWith("fd")
                                        || wrapper.startsWith("xargs")
                                        || wrapper.startsWith("parallel")));
    }

    private boolean mayFind(ShellCommand command) {
        List<String> words = command.argv();
        if (command.name().startsWith("fd")) {
            String pattern = words.stream()
                    .skip(1)
                    .filter(word -> !word.startsWith("-"))
                    .findFirst()
                    .orElse(".");
            return pattern.equals(".") || this.mayBeOfGuard.test("*" + pattern + "*");
        }
        boolean named = false;
        for (int i = 1; i + 1 < words.size(); i++) {
            if (NAMES.contains(words.get(i)) && !NEGATIONS.contains(words.get(i - 1))) {
                named = true;
                String pattern = words.get(i + 1);
                if (pattern.contains("enact")
                        || this.mayBeOfGuard.test(pattern.substring(pattern.lastIndexOf('/') + 1))) {
                    return true;
                }
            }
        }
        return !named;
    }

    private static List<String> roots(ShellCommand command) {
        if (!FINDERS.contains(command.name())) {
            return List.of();
        }
        List<String> roots = new ArrayList<>(1);
        for (String word : command.argv().subList(1, command.argv().size())) {
            if (word.startsWith("-") || word.equals("(") || word.equals("!")) {
                if (Set.of("-H", "-L", "-P", "-x", "-X").contains(word) && roots.isEmpty()) {
                    continue;
                }
                break;
            }
            roots.add(word);
        }
        if (command.name().startsWith("fd") && !roots.isEmpty()) {
            roots.remove(0);
        }
        return roots.isEmpty() ? List.of(".") : roots;
    }
}
