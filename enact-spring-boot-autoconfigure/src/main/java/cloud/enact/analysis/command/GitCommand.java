package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call of git, or of the command line of a git host, does. Mentions of git elsewhere, in an {@code echo} or a
 * commit message, are no calls of it. Immutable.
 */
public final class GitCommand {

    private final String subcommand;

    private final boolean certain;

    private final Set<GitEffect> effects;

    private final List<PushTarget> pushTargets;

    private final List<String> mergeBases;

    private final List<ShellWord> createdBranches;

    private final List<ShellWord> messages;

    private final List<ShellWord> paths;

    GitCommand(GitReading reading, boolean certain) {
        this.subcommand = reading.subcommand();
        this.certain = certain && !reading.isUncertain();
        this.effects =
                reading.effects().isEmpty() ? EnumSet.noneOf(GitEffect.class) : EnumSet.copyOf(reading.effects());
        this.pushTargets = List.copyOf(reading.pushTargets());
        this.mergeBases = List.copyOf(reading.mergeBases());
        this.createdBranches = List.copyOf(reading.created());
        this.messages = List.copyOf(reading.messages());
        this.paths = List.copyOf(reading.paths());
    }

    /** Every call of git in a command line, in order. Each knows the branches and aliases that those before it set. */
    public static List<GitCommand> in(ShellFacts shell) {
        List<GitCommand> found = new ArrayList<>(1);
        GitReading.Session session = new GitReading.Session();
        for (ShellCommand command : shell.commands()) {
            GitCommand git = of(command, session);
            if (git != null) {
                found.add(git);
            }
        }
        return found;
    }

    /** The call of git that a command is; {@code null} when it is none. */
    public static @Nullable GitCommand of(ShellCommand command) {
        return of(command, new GitReading.Session());
    }

    /** The call of git with these words, the program first; {@code null} when it is none. */
    public static @Nullable GitCommand of(List<String> argv) {
        List<ShellWord> words = argv.stream().map(ShellWord::of).toList();
        return words.isEmpty() ? null : of(programName(argv.get(0)), words, Map.of(), false, new GitReading.Session());
    }

    private static @Nullable GitCommand of(ShellCommand command, GitReading.Session session) {
        if (command.words().isEmpty()) {
            return null;
        }
        String name = command.name().isEmpty() ? command.words().get(0).text() : command.name();
        return of(programName(name), command.words(), command.assignments(), command.dynamic(), session);
    }

    private static @Nullable GitCommand of(
            String program,
            List<ShellWord> words,
            Map<String, ShellWord> assignments,
            boolean dynamic,
            GitReading.Session session) {
        List<ShellWord> arguments = words.subList(1, words.size());
        if (dynamic && !program.equals("git")) {
            // $GIT push, $(which git) push
            return program.contains("git") ? git(arguments, assignments, false, session) : null;
        }
        return switch (program) {
            case "git" -> git(arguments, assignments, true, session);
            case "gh", "glab", "hub", "curl", "http", "https", "xh", "curlie" -> {
                GitReading reading = new GitHostReader(session).read(program, arguments);
                yield (reading != null) ? new GitCommand(reading, true) : null;
            }
            default -> {
                if (!program.startsWith("git-") || program.length() == 4) {
                    yield null;
                }
                List<ShellWord> all = new ArrayList<>(words.size());
                all.add(ShellWord.of(program.substring(4)));
                all.addAll(arguments);
                yield git(all, assignments, true, session);
            }
        };
    }

    private static GitCommand git(
            List<ShellWord> arguments,
            Map<String, ShellWord> assignments,
            boolean certain,
            GitReading.Session session) {
        return new GitCommand(new GitReader(session).read(arguments, settings(assignments)), certain);
    }

    /** Settings in variables: git-config, section "environment". */
    private static Map<String, String> settings(Map<String, ShellWord> assignments) {
        Map<String, String> settings = new HashMap<>();
        assignments.forEach((name, value) -> {
            ShellWord set = assignments.get("GIT_CONFIG_VALUE_" + name.substring(Math.min(name.length(), 15)));
            if (name.startsWith("GIT_CONFIG_KEY_") && set != null) {
                settings.put(value.text(), set.text());
            }
        });
        return settings;
    }

    private static String programName(String program) {
        String name = program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
        String small = name.toLowerCase(Locale.ROOT);
        return small.endsWith(".exe") ? small.substring(0, small.length() - 4) : small;
    }

    /** The subcommand, aliases resolved; empty when there is none. */
    public String subcommand() {
        return this.subcommand;
    }

    /** Whether what it does is in its words, and does not depend on what is known only at run time. */
    public boolean isCertain() {
        return this.certain;
    }

    /** Everything it brings about. */
    public Set<GitEffect> effects() {
        return Set.copyOf(this.effects);
    }

    /** Whether it brings this about. */
    public boolean has(GitEffect effect) {
        return this.effects.contains(effect);
    }

    /** Whether it updates refs of a remote repository. */
    public boolean pushes() {
        return has(GitEffect.PUSHES);
    }

    /** Whether a ref of a remote repository may lose what it had. */
    public boolean rewritesRemote() {
        return has(GitEffect.REWRITES_REMOTE);
    }

    /** Whether it deletes a branch, here or in a remote repository. */
    public boolean deletesBranch() {
        return has(GitEffect.DELETES_BRANCH);
    }

    /** Whether it throws away changes that nobody committed. */
    public boolean discardsChanges() {
        return has(GitEffect.DISCARDS_CHANGES);
    }

    /** Whether it deletes files that git does not know. */
    public boolean cleansForced() {
        return has(GitEffect.CLEANS);
    }

    /** What it pushes to; empty for a push that leaves that to settings. */
    public List<PushTarget> pushTargets() {
        return this.pushTargets;
    }

    /** Branches that something is merged into, as far as that is known; {@code *} where it is not. */
    public List<String> mergeBases() {
        return this.mergeBases;
    }

    /** Branches that it creates or gives another place. */
    public List<ShellWord> createdBranches() {
        return this.createdBranches;
    }

    /** The messages of a commit; empty when its words have none. */
    public List<ShellWord> messages() {
        return this.messages;
    }

    /** Files that it names: what is added, committed, restored or removed. */
    public List<ShellWord> paths() {
        return this.paths;
    }
}
