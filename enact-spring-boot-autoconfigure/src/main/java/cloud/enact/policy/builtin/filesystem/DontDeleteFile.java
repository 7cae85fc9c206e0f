package cloud.enact.policy.builtin.filesystem;

import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import cloud.enact.policy.builtin.FilePaths;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Blocks any deletion of files or directories. */
final class DontDeleteFile extends ArgumentPolicy {

    static final String NAME = "filesystem.dont-delete-file";

    static final String HARM = "Work that nobody has a copy of is gone.";

    /** The file is still there, only elsewhere. */
    private static final Set<String> MOVES = Set.of("mv", "move", "ren", "rename", "move-item", "rename-item");

    DontDeleteFile() {
        super(NAME, "No file is deleted.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return FilePaths.areDeletedBy(inputs) || inputs.has(InputName.COMMAND) || isPatch(inputs);
    }

    private static boolean isPatch(PolicyInputs inputs) {
        return inputs.has(InputName.CONTENT) && FileUses.of(inputs).stream().anyMatch(DontDeleteFile::deletes);
    }

    private static boolean deletes(FileUse use) {
        return use.kind() == FileUse.Kind.DELETE;
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        // attached to an action whose name says nothing of files, it is because that one deletes them
        boolean named = inputs.named() && !inputs.has(InputName.COMMAND) && !FileUses.areToldByName(inputs);
        if (named || FilePaths.areDeletedBy(inputs) || isPatch(inputs) || deletesByCommand(inputs)) {
            return block("Files must not be deleted. Leave the file, or ask a person to delete it.");
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell whether the command deletes files. Write it without constructs that hide it.")
                : pass();
    }

    private static boolean deletesByCommand(PolicyInputs inputs) {
        if (!inputs.has(InputName.COMMAND)) {
            return false;
        }
        List<ShellCommand> commands = inputs.shell().commands();
        for (FileAccess file : inputs.commands().files()) {
            String program = commands.get(file.command()).name().toLowerCase(Locale.ROOT);
            boolean away = MOVES.contains(program)
                    && !commands.get(file.command()).argv().contains("/dev/null");
            if (file.kind() == FileAccess.Kind.DELETE && !away) {
                return true;
            }
        }
        return inputs.shell().commands().stream().anyMatch(DontDeleteFile::empties)
                || FileUses.patchedByCommands(inputs).stream().anyMatch(DontDeleteFile::deletes)
                || inputs.commands().git().stream().anyMatch(GitCommand::cleansForced);
    }

    /** {@code > file} and {@code : > file} leave nothing of what was in it. */
    private static boolean empties(ShellCommand command) {
        if (command.name().equals("truncate")) {
            return !command.hasFlag("help", "version");
        }
        return (command.words().isEmpty()
                        || command.name().equals(":")
                        || command.name().equals("true"))
                && command.redirections().stream()
                        .anyMatch(redirection -> redirection.writes()
                                && !redirection.operator().contains(">>")
                                && !redirection.target().text().startsWith("/dev/"));
    }
}
