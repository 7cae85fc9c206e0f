package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.AgentVersion;
import cloud.enact.hook.claudecode.setup.GuardAddress;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where the guard is, and which version of Claude Code asks it. */
final class GuardOptions {

    private final UnaryOperator<@Nullable String> environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = GuardAddress.DEFAULT,
            description = "Where the guard answers (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Option(
            names = "--claude-version",
            paramLabel = "VERSION",
            description = "Version of Claude Code (default: what 'claude --version' says).")
    private @Nullable String version;

    GuardOptions(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    GuardAddress address() {
        return GuardAddress.of(this.url);
    }

    /** The version that was said, or that is installed here. */
    Optional<AgentVersion> version() {
        String said = this.version;
        if (said == null) {
            return AgentVersion.installed(this.environment.apply("PATH"));
        }
        return Optional.of(AgentVersion.parse(said)
                .orElseThrow(() ->
                        new CommandException("--claude-version is a version such as " + AgentVersion.FAILS_CLOSED)));
    }
}
