package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellFacts;
import java.util.List;

/**
 * What the programs of a command line touch, as far as they are well known. Immutable.
 *
 * @param files files that are read, written and deleted, redirections included
 * @param hosts hosts that are spoken to
 */
public record CommandFacts(List<FileAccess> files, List<String> hosts) {

    public CommandFacts {
        files = List.copyOf(files);
        hosts = List.copyOf(hosts);
    }

    /** Reads what is known of the commands. */
    public static CommandFacts of(ShellFacts shell) {
        return new CommandFacts(List.of(), List.of());
    }
}
