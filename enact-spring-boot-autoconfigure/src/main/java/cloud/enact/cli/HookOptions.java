package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.SettingsPlaces;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings of Claude Code are. */
final class HookOptions {

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
}
