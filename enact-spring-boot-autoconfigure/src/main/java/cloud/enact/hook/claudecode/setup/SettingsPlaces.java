package cloud.enact.hook.claudecode.setup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where settings are.
 *
 * @param ofUser folder of the settings of the person
 * @param project folder of the project
 * @param managed file of the settings of the machine
 */
public record SettingsPlaces(Path ofUser, Path project, Path managed) {

    private static final String FILE = "settings.json";

    private static final int MOST_FRAGMENTS = 200;

    /** Where an operating system has the settings of the machine. */
    public static Path managedOn(String operatingSystem) {
        String name = operatingSystem.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return Path.of("/Library/Application Support/ClaudeCode/managed-settings.json");
        }
        return name.contains("windows")
                ? Path.of("C:\\Program Files\\ClaudeCode\\managed-settings.json")
                : Path.of("/etc/claude-code/managed-settings.json");
    }

    /** The file that settings of a scope are written to. */
    public Path of(Scope scope) {
        return switch (scope) {
            case MANAGED -> this.managed;
            case LOCAL -> this.project.resolve(".claude").resolve("settings.local.json");
            case PROJECT -> this.project.resolve(".claude").resolve(FILE);
            case USER -> this.ofUser.resolve(FILE);
        };
    }

    /** All files that are there, those that overrule others first. */
    Map<Path, Scope> present() {
        Map<Path, Scope> present = new LinkedHashMap<>();
        fragments().forEach(file -> present.put(file, Scope.MANAGED));
        for (Scope scope : Scope.values()) {
            if (Files.exists(of(scope))) {
                present.putIfAbsent(of(scope), scope);
            }
        }
        return present;
    }

    /** Files beside that of the machine, the last first: it is merged last. */
    private List<Path> fragments() {
        Path folder = this.managed.toAbsolutePath().resolveSibling("managed-settings.d");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : found) {
                files.add(file);
                if (files.size() > MOST_FRAGMENTS) {
                    throw new SetupException("There are more than " + MOST_FRAGMENTS + " files in " + folder);
                }
            }
        } catch (IOException ex) {
            throw new SetupException("The folder " + folder + " can't be read");
        }
        files.sort(Comparator.reverseOrder());
        return files;
    }
}
