package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the programs of a command line touch, as far as they are well known. Immutable.
 *
 * @param files files that are read, written and deleted, redirections and scripts in other languages included
 * @param hosts hosts that are spoken to
 * @param destructions calls that take away what lives longer than the command
 * @param git calls of git, in order
 */
public record CommandFacts(
        List<FileAccess> files, List<String> hosts, List<Destruction> destructions, List<GitCommand> git) {

    private static final CommandFacts NONE = new CommandFacts(List.of(), List.of(), List.of(), List.of());

    public CommandFacts {
        files = List.copyOf(files);
        hosts = List.copyOf(hosts);
        destructions = List.copyOf(destructions);
        git = List.copyOf(git);
    }

    /** Reads what is known of the commands. */
    public static CommandFacts of(ShellFacts shell) {
        if (shell.commands().isEmpty()) {
            return NONE;
        }
        List<FileAccess> files = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        List<Destruction> destructions = new ArrayList<>();
        WorkingDirectory directory = new WorkingDirectory();
        Map<Integer, List<InlineCode>> code =
                shell.inlineCode().stream().collect(Collectors.groupingBy(InlineCode::command));
        for (int i = 0; i < shell.commands().size(); i++) {
            ShellCommand command = shell.commands().get(i);
            directory.follow(command);
            files.addAll(new FileAccessReader(shell, i, directory).read());
            files.addAll(GitFiles.of(command, i, directory));
            hosts.addAll(HostReader.read(command));
            Destruction destruction = DestructionReader.read(command, i);
            if (destruction != null) {
                destructions.add(destruction);
            }
            for (InlineCode part : code.getOrDefault(i, List.of())) {
                files.addAll(CodeFiles.of(part, directory));
            }
        }
        return new CommandFacts(files, hosts, destructions, GitCommand.in(shell));
    }
}
