package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is in a file of settings is kept when hooks come and go. */
class HooksSettingsFileTests extends HooksFixture {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String OF_A_USER = """
            {
                "model": "opus",
                "cost": 1.50,
                "large": 12345678901234567890,
                "somethingNobodyKnows": {"b": [1, 2], "a": {}},
                "hooks": {
                    "Stop": [{"hooks": [{"type": "command", "command": "say done"}]}],
                    "PreToolUse": [
                        {"matcher": "Bash", "hooks": [
                            {"type": "command", "command": "lint"},
                            {"type": "http", "url": "http://localhost:1/enact/hooks/claude-code",
                             "headers": {"Authorization": "Bearer a-former-token"}}
                        ]},
                        {"matcher": "Write", "hooks": [{"type": "command", "command": "fmt"}]}
                    ]
                },
                "permissions": {"deny": ["Read(.env)"]}
            }""";

    @Test
    void whatIsThereStaysAsItIs() throws IOException {
        Path file = settings(OF_A_USER);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Result result = install("user");

        String text = Files.readString(file);
        ObjectNode expected = (ObjectNode) JSON.readTree(OF_A_USER);
        ObjectNode without = (ObjectNode) read(file);
        assertThat(without.propertyNames()).containsExactlyElementsOf(expected.propertyNames());
        JsonNode hooks = without.get("hooks");
        assertThat(hooks.get("Stop").get(0))
                .isEqualTo(expected.get("hooks").get("Stop").get(0));
        assertThat(hooks.get("PreToolUse")).hasSize(3);
        assertThat(hooks.get("PreToolUse").toString()).contains("lint", "fmt").doesNotContain("a-former-token");
        without.remove("hooks");
        expected.remove("hooks");
        assertThat(without).isEqualTo(expected);
        assertThat(text)
                .startsWith("{\n    \"model\": \"opus\",\n    \"cost\": 1.50,\n    \"large\": 12345678901234567890,")
                .endsWith("}");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(result.out()).doesNotContain("a-former-token").contains("(hidden)");
    }

    @Test
    void whatWasThereIsKeptBesideIt() throws IOException {
        settings(OF_A_USER);

        install("user");

        try (Stream<Path> files = Files.list(user().getParent())) {
            List<Path> others = files.filter(each -> !each.equals(user())).toList();
            assertThat(others).hasSize(1);
            assertThat(others.get(0)).hasContent(OF_A_USER);
            assertThat(others.get(0).getFileName().toString()).startsWith("settings.json.backup-");
        }
    }

    @Test
    void aSecondTimeNothingIsWritten() throws IOException {
        settings(OF_A_USER);
        install("user");
        String first = Files.readString(user());

        Result again = install("user");

        assertThat(again.out()).contains("asks the guard already");
        assertThat(user()).hasContent(first);
        try (Stream<Path> files = Files.list(user().getParent())) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void removingLeavesWhatWasThereBefore() throws IOException {
        String former = OF_A_USER.replaceAll("(?s),\\s+\\{\"type\": \"http\".*?\\}\\}", "");
        settings(former);
        install("user");

        Result removed = hooks("remove", "user", "--yes");

        assertThat(removed.status()).isEqualTo(EnactCli.FINE);
        assertThat(read(user())).isEqualTo(JSON.readTree(former));
        assertThat(hooks("remove", "user", "--yes").out()).contains("asks no guard; nothing was changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hooks\": ",
                "{\"hooks\": []}",
                "{\"hooks\": {\"PreToolUse\": {}}}",
                "[]",
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "{// a secret-comment\n}",
                "{\"env\": \"secret-value}"
            })
    void brokenSettingsAreRefusedAndStay(String broken) throws IOException {
        settings(broken);

        Result result = install("user");

        assertThat(result.status()).isEqualTo(EnactCli.UNUSABLE);
        assertThat(result.err()).hasLineCount(1).contains("correct").doesNotContain("secret", "Exception");
        assertThat(user()).hasContent(broken);
        assertThat(result.out()).doesNotContain("Written", "token");
    }

    @Test
    void aLinkIsNotWrittenThrough() throws IOException {
        Path elsewhere = Files.writeString(this.folder.resolve("elsewhere.json"), "{}");
        Files.createDirectories(user().getParent());
        Files.createSymbolicLink(user(), elsewhere);
        Path folder = Files.createDirectory(this.folder.resolve("other"));
        Files.createSymbolicLink(this.folder.resolve("web/.claude"), folder);

        assertThat(install("user").err()).contains("symbolic link").hasLineCount(1);
        assertThat(install("project").err()).contains("symbolic link").hasLineCount(1);

        assertThat(elsewhere).hasContent("{}");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsWrittenWhenSomebodySaysNo() throws IOException {
        settings(OF_A_USER);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> asked = new ArrayList<>();
        Console console = new Console(out, new PrintWriter(new StringWriter()));
        CommandLine no = new CommandLine(new HooksInstallCommand(console, this.environment::get, question -> {
            asked.add(question);
            return false;
        }));

        int status = no.setExecutionExceptionHandler((ex, command, parsed) -> EnactCli.UNUSABLE)
                .execute("claude-code", "--scope", "user", "--claude-version", "2.1.329");

        assertThat(status).isEqualTo(EnactCli.UNUSABLE);
        assertThat(asked).hasSize(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("+ hooks.PreToolUse")
                .doesNotContain("token of");
        assertThat(user()).hasContent(OF_A_USER);
    }

    @Test
    void lineEndsAndTabsStay() throws IOException {
        settings("{\r\n\t\"model\": \"opus\"\r\n}\r\n");

        install("user");

        assertThat(Files.readString(user()))
                .startsWith("{\r\n\t\"model\": \"opus\",\r\n\t\"hooks\": {\r\n\t\t\"PreToolUse\": [")
                .endsWith("}\r\n");
    }
}
