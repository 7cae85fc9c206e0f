package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.AgentVersion;
import cloud.enact.hook.claudecode.setup.Scope;
import cloud.enact.hook.claudecode.setup.SettingsPlaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings of Claude Code are. */
final class HookOptions {

    private static final List<Scope> WRITTEN = List.of(Scope.USER, Scope.PROJECT, Scope.MANAGED);

    private final UnaryOperator<@Nullable String> environment;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder of the project (default: this one).")
    private Path directory = Path.of("");

    @Option(
            names = "--managed-file",
            paramLabel = "FILE",
            description = "File of the managed settings (default: where this operating system has it).")
    private @Nullable Path managed;

    HookOptions(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    SettingsPlaces places() {
        Path managedFile = this.managed;
        return new SettingsPlaces(
                ofUser(),
                this.directory.toAbsolutePath().normalize(),
                (managedFile != null)
                        ? managedFile.toAbsolutePath().normalize()
                        : SettingsPlaces.managedOn(System.getProperty("os.name", "")));
    }

    private Path ofUser() {
        String own = this.environment.apply("CLAUDE_CONFIG_DIR");
        if (own != null && !own.isBlank()) {
            return Path.of(own);
        }
        for (String name : List.of("HOME", "USERPROFILE")) {
            String home = this.environment.apply(name);
            if (home != null && !home.isBlank()) {
                return Path.of(home, ".claude");
            }
        }
        return Path.of(System.getProperty("user.home"), ".claude");
    }

    /** The version that was said, or that is installed here. */
    Optional<AgentVersion> version(@Nullable String said) {
        if (said == null) {
            return AgentVersion.installed(this.environment.apply("PATH"));
        }
        return Optional.of(AgentVersion.parse(said)
                .orElseThrow(() ->
                        new CommandException("--claude-version is a version such as " + AgentVersion.FAILS_CLOSED)));
    }

    static void requireKnown(String agent) {
        if (!agent.equals("claude-code")) {
            throw new CommandException("The only coding agent known here is claude-code");
        }
    }

    static Scope scope(String name) {
        return WRITTEN.stream()
                .filter(scope -> scope.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new CommandException("--scope is one of user, project and managed"));
    }
}
