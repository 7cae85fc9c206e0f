package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.AgentVersion;
import cloud.enact.hook.claudecode.setup.GuardAddress;
import cloud.enact.hook.claudecode.setup.HookSettings;
import cloud.enact.hook.claudecode.setup.Scope;
import cloud.enact.hook.claudecode.setup.SettingsFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code enact hooks install}: settings that make an agent ask the guard, and the token it asks with. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description =
                "Writes hooks into the settings of a coding agent, beside what is there, and makes the token of this"
                        + " installation. Exit status 1 when hooks are switched off there.")
final class HooksInstallCommand implements Callable<Integer> {

    private final Console console;

    private final UnaryOperator<@Nullable String> environment;

    private final Question question;

    @Mixin
    private final HookOptions options;

    @Mixin
    private final EditOptions edit = new EditOptions();

    @Mixin
    private final GuardOptions guard;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A new file for the token, readable for its owner only (default: it is printed, once).")
    private @Nullable Path tokenFile;

    @Option(names = "--new-token", description = "Makes a token also where the settings are there already.")
    private boolean newToken;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Who works with this installation (default: the name of the user).")
    private @Nullable String id;

    HooksInstallCommand(Console console, UnaryOperator<@Nullable String> environment, Question question) {
        this.console = console;
        this.environment = environment;
        this.question = question;
        this.options = new HookOptions(environment);
        this.guard = new GuardOptions(environment);
    }

    @Override
    public Integer call() {
        Scope where = this.edit.scope();
        GuardAddress address = this.guard.address();
        AgentVersion known = this.guard
                .version()
                .orElseThrow(
                        () -> new CommandException("Claude Code was not found here, and its version decides what may"
                                + " stand in its settings; say it with --claude-version"));
        boolean failsClosed = known.compareTo(AgentVersion.FAILS_CLOSED) >= 0;
        if (where == Scope.MANAGED && !failsClosed) {
            throw new CommandException("Managed settings ask for Claude Code " + AgentVersion.FAILS_CLOSED
                    + " at least, and this is " + known + "; update it first");
        }
        Path path = this.options.places().of(where);
        SettingsFile file = SettingsFile.toChange(path);
        ObjectNode changed = HookSettings.with(file.settings(), address, known, where);
        boolean written =
                new SettingsEdit(this.console, this.question).apply(path, file, changed, where, this.edit.agreed());
        if (!written) {
            this.console.line(path + " asks the guard already; nothing was changed.");
        }
        token(written);
        if (!failsClosed) {
            this.console.line("Claude Code " + known + " runs tools when the guard can't be reached. Update it to "
                    + AgentVersion.FAILS_CLOSED + ", and install again.");
        }
        if (HookSettings.disabled(changed)) {
            this.console.line("'disableAllHooks' is on in these settings, so no hook runs; take it out.");
            return EnactCli.PROBLEM;
        }
        this.console.line("Whether it holds, says: enact hooks doctor");
        return EnactCli.FINE;
    }

    private void token(boolean written) {
        String name = this.id;
        String owner = (name != null) ? name : System.getProperty("user.name", "");
        String given = this.environment.apply(HookToken.VARIABLE);
        boolean asked = this.newToken || this.tokenFile != null;
        if (!asked && given != null && !given.isBlank()) {
            HookToken.of(given).introduce(this.console, owner);
        } else if (asked || written) {
            HookToken token = HookToken.made();
            token.handOver(this.console, this.tokenFile);
            token.introduce(this.console, owner);
        } else {
            this.console.line("No token was made; --new-token makes one.");
        }
    }
}
