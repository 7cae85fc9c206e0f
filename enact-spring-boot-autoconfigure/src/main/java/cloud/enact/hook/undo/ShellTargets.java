package cloud.enact.hook.undo;

import cloud.enact.analysis.command.CommandFacts;
import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.shell.ShellAnalyzer;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.undo.BeyondLimitsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the paths that a command line deletes, moves or writes over, as far as its text tells. */
final class ShellTargets {

    private static final ShellAnalyzer SHELL = new ShellAnalyzer();

    /** Programs that put what they are given into a directory under its own name. */
    private static final Set<String> INTO = Set.of("mv", "cp", "ln", "install", "rsync", "ditto");

    private static final Set<String> RENAMES = Set.of("mv", "ln", "rename");

    /** What may make git delete objects, or run something that does. */
    private static final Set<GitEffect> ENDANGERING =
            EnumSet.of(GitEffect.LOSES_HISTORY, GitEffect.REWRITES_HISTORY, GitEffect.RUNS_PROGRAM);

    /** What packs objects anew, drops packs, or may put a repository elsewhere. */
    private static final Set<String> REPACKING = Set.of(
            "gc",
            "repack",
            "prune",
            "prune-packed",
            "maintenance",
            "pack-redundant",
            "multi-pack-index",
            "init",
            "submodule");

    private final Path cwd;

    private final Targets targets;

    private final CommandFacts commands;

    private final ShellFacts shell;

    private final Globs globs = new Globs();

    private final Map<Integer, List<FileAccess>> byCommand;

    private final Map<Integer, SideFiles> sides = new HashMap<>();

    private ShellTargets(String command, Path cwd, Targets targets) {
        this.cwd = cwd;
        this.targets = targets;
        this.shell = SHELL.analyze(command);
        this.commands = CommandFacts.of(this.shell);
        this.byCommand = this.commands.files().stream().collect(Collectors.groupingBy(FileAccess::command));
    }

    /**
     * Finds them.
     *
     * @param cwd the directory the command begins in, absolute
     */
    static void find(String command, Path cwd, Targets targets) {
        new ShellTargets(command, cwd, targets).find();
    }

    private void find() {
        if (!this.shell.understood()) {
            anything(
                    "the command",
                    "it is not understood: " + this.shell.problems().get(0));
        }
        for (FileAccess access : this.commands.files()) {
            if (access.kind() != FileAccess.Kind.READ || side(access).replaces()) {
                add(access);
            }
        }
        if (!this.shell.inlineCode().isEmpty()) {
            // it may put names together
            this.targets.endangerRepositories();
        }
        for (ShellCommand command : this.shell.commands()) {
            if (command.dynamic()) {
                this.targets.endangerRepositories();
            }
            if (SideFiles.areUnnamed(command)) {
                anything(command.name(), "it shows only when it runs which files it changes");
            }
        }
        for (GitCommand git : this.commands.git()) {
            if (!git.isCertain()
                    || git.effects().stream().anyMatch(ENDANGERING::contains)
                    || REPACKING.contains(git.subcommand())) {
                this.targets.endangerRepositories();
            }
            if (git.has(GitEffect.CLEANS)
                    || git.has(GitEffect.DISCARDS_CHANGES) && git.paths().isEmpty()) {
                this.targets.uncovered(
                        "git " + git.subcommand(), "it throws away what nobody committed, which is not captured");
            }
        }
        this.targets.uncoveredAsAlways(
                "whatever else the command does", "only files are captured that its text says it changes");
    }

    private void add(FileAccess access) {
        boolean deletes = access.kind() == FileAccess.Kind.DELETE;
        // a link at the new name is replaced and not followed
        boolean itself = deletes || RENAMES.contains(program(access));
        for (Path path : paths(access)) {
            if ((!itself || INTO.contains(program(access))) && Files.isSymbolicLink(path)) {
                // many programs put a file or link in the place of a link
                this.targets.changes(path, true, isLater(access));
            }
            if (deletes || !Files.isDirectory(path)) {
                this.targets.changes(path, itself, isLater(access));
                beside(path, access);
            } else if (INTO.contains(program(access))) {
                into(path, access);
            } else if (!isFound(access)
                    && !program(access).equals("mkdir")
                    && !program(access).equals("touch")) {
                anything(path.toString(), "it is a directory in which something is changed");
            }
        }
    }

    /** Something is changed of which nobody knows all that is. */
    private void anything(String what, String why) {
        this.targets.uncovered(what, why);
        this.targets.endangerRepositories();
    }

    private void beside(Path path, FileAccess access) {
        for (String name : side(access).of(String.valueOf(path.getFileName()))) {
            this.targets.changes(path.resolveSibling(name), true, isLater(access));
        }
    }

    private SideFiles side(FileAccess access) {
        return this.sides.computeIfAbsent(access.command(), index -> new SideFiles(command(access)));
    }

    private ShellCommand command(FileAccess access) {
        return this.shell.commands().get(access.command());
    }

    private boolean isLater(FileAccess access) {
        return command(access).context() == ShellCommand.Context.BACKGROUND;
    }

    private String program(FileAccess access) {
        return command(access).name();
    }

    /** What is put into a directory, each under its own name. */
    private void into(Path directory, FileAccess target) {
        for (FileAccess source : this.byCommand.getOrDefault(target.command(), List.of())) {
            boolean isSource = source.kind() != FileAccess.Kind.WRITE;
            for (Path path : isSource ? paths(source) : List.<Path>of()) {
                Path name = path.getFileName();
                Path child = (name != null) ? directory.resolve(name) : directory;
                if (source.path().text().endsWith("/.") || Files.isDirectory(child)) {
                    anything(child.toString(), "it is a directory into which others are merged");
                } else {
                    this.targets.changes(child, true, isLater(target));
                }
            }
        }
    }

    /** Whether a find hands the files to the command, wherever they lie below where it looks. */
    private boolean isFound(FileAccess access) {
        return access.path().glob()
                && command(access).wrappers().stream()
                        .anyMatch(wrapper ->
                                wrapper.startsWith("find") || wrapper.startsWith("fd") || wrapper.startsWith("xargs"));
    }

    private List<Path> paths(FileAccess access) {
        ShellWord word = access.path();
        String text = word.text();
        if (word.dynamic() || text.startsWith("~") || text.contains("{}")) {
            anything(text, "its place is known only when the command runs");
            return List.of();
        }
        if (text.isEmpty() || text.startsWith("/dev/") || text.startsWith("&")) {
            return List.of();
        }
        try {
            if (isFound(access)) {
                return this.globs.below(this.cwd, text);
            }
            return word.glob() ? this.globs.expand(this.cwd, text) : List.of(this.cwd.resolve(text));
        } catch (BeyondLimitsException ex) {
            anything(text, String.valueOf(ex.getMessage()));
            return List.of();
        } catch (InvalidPathException ex) {
            throw new IllegalArgumentException("a path in it can't be one", ex);
        } catch (IOException ex) {
            throw new UncheckedIOException("A pattern in it can't be followed", ex);
        }
    }
}
