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
import java.util.List;
import java.util.Set;

/** Finds the paths that a command line deletes, moves or writes over, as far as its text tells. */
final class ShellTargets {

    private static final ShellAnalyzer SHELL = new ShellAnalyzer();

    /** Programs that put what they are given into a directory under its own name. */
    private static final Set<String> INTO = Set.of("mv", "cp", "ln", "install", "rsync", "ditto");

    private static final Set<String> RENAMES = Set.of("mv", "ln", "rename");

    private final Path cwd;

    private final Targets targets;

    private final CommandFacts commands;

    private final ShellFacts shell;

    private final Globs globs = new Globs();

    private ShellTargets(String command, Path cwd, Targets targets) {
        this.cwd = cwd;
        this.targets = targets;
        this.shell = SHELL.analyze(command);
        this.commands = CommandFacts.of(this.shell);
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
            this.targets.uncovered(
                    "the command",
                    "it is not understood: " + this.shell.problems().get(0));
        }
        for (FileAccess access : this.commands.files()) {
            if (access.kind() != FileAccess.Kind.READ) {
                add(access);
            }
        }
        for (GitCommand git : this.commands.git()) {
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
        for (Path path : paths(access.path())) {
            if (deletes || !Files.isDirectory(path)) {
                this.targets.changes(path, itself, isLater(access));
            } else if (INTO.contains(program(access))) {
                into(path, access);
            } else if (!program(access).equals("mkdir") && !program(access).equals("touch")) {
                this.targets.uncovered(path.toString(), "it is a directory in which something is changed");
            }
        }
    }

    private boolean isLater(FileAccess access) {
        return this.shell.commands().get(access.command()).context() == ShellCommand.Context.BACKGROUND;
    }

    private String program(FileAccess access) {
        return this.shell.commands().get(access.command()).name();
    }

    /** What is put into a directory, each under its own name. */
    private void into(Path directory, FileAccess target) {
        for (FileAccess source : this.commands.files()) {
            boolean isSource = source.command() == target.command() && source.kind() != FileAccess.Kind.WRITE;
            for (Path path : isSource ? paths(source.path()) : List.<Path>of()) {
                Path name = path.getFileName();
                Path child = (name != null) ? directory.resolve(name) : directory;
                if (source.path().text().endsWith("/.") || Files.isDirectory(child)) {
                    this.targets.uncovered(child.toString(), "it is a directory into which others are merged");
                } else {
                    this.targets.changes(child, true, isLater(target));
                }
            }
        }
    }

    private List<Path> paths(ShellWord word) {
        String text = word.text();
        if (word.dynamic() || text.startsWith("~") || text.contains("{}")) {
            this.targets.uncovered(text, "its place is known only when the command runs");
            return List.of();
        }
        if (text.isEmpty() || text.startsWith("/dev/") || text.startsWith("&")) {
            return List.of();
        }
        try {
            return word.glob() ? this.globs.expand(this.cwd, text) : List.of(this.cwd.resolve(text));
        } catch (BeyondLimitsException ex) {
            this.targets.uncovered(text, String.valueOf(ex.getMessage()));
            return List.of();
        } catch (InvalidPathException ex) {
            throw new IllegalArgumentException("a path in it can't be one", ex);
        } catch (IOException ex) {
            throw new UncheckedIOException("A pattern in it can't be followed", ex);
        }
    }
}
