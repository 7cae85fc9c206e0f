package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.Scope;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that say whose settings are changed. */
final class EditOptions {

    private static final List<Scope> WRITTEN = List.of(Scope.USER, Scope.PROJECT, Scope.MANAGED);

    @Parameters(paramLabel = "AGENT", description = "The agent: claude-code.")
    private String agent = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            required = true,
            description = "Whose settings: user, project or managed.")
    private String scope = "";

    @Option(names = "--yes", description = "Writes without asking.")
    private boolean yes;

    /** Whose settings of an agent that is known. */
    Scope scope() {
        if (!this.agent.equals("claude-code")) {
            throw new CommandException("The only coding agent known here is claude-code");
        }
        return WRITTEN.stream()
                .filter(known -> known.toString().equals(this.scope.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new CommandException("--scope is one of user, project and managed"));
    }

    /** Whether nobody needs to be asked. */
    boolean agreed() {
        return this.yes;
    }
}
