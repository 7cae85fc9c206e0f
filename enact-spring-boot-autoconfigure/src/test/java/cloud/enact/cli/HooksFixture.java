package cloud.enact.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A home, a project and a machine without settings, and the command that writes them. */
abstract class HooksFixture extends CliFixture {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @BeforeEach
    void home() throws IOException {
        this.environment.put("HOME", this.folder.resolve("home").toString());
        Files.createDirectory(this.folder.resolve("home"));
        Files.createDirectory(this.folder.resolve("web"));
    }

    Path user() {
        return this.folder.resolve("home/.claude/settings.json");
    }

    Path managed() {
        return this.folder.resolve("etc/managed-settings.json");
    }

    Result hooks(String command, String scope, String... more) {
        List<String> all = new ArrayList<>(List.of("hooks", command, "claude-code", "--scope", scope));
        all.addAll(List.of("--directory", this.folder.resolve("web").toString()));
        all.addAll(List.of("--managed-file", managed().toString()));
        all.addAll(List.of(more));
        return plain(all.toArray(String[]::new));
    }

    Result install(String scope, String... more) {
        return hooks(
                "install",
                scope,
                Stream.concat(Stream.of("--yes", "--claude-version", "2.1.329"), Stream.of(more))
                        .toArray(String[]::new));
    }

    static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    Path settings(String text) throws IOException {
        Files.createDirectories(user().getParent());
        return Files.writeString(user(), text);
    }
}
