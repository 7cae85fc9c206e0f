package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.hook.InstallationTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Settings of Claude Code that ask the guard, and the token it is asked with. */
class HooksInstallCommandTests extends HooksFixture {
    private static final String URL = "http://localhost:8080/enact/hooks/claude-code";

    @Test
    void anEmptyHomeGetsSettingsThatAskTheGuard() throws IOException {
        Result result = install("user");

        assertThat(result.status()).as(result.err()).isEqualTo(EnactCli.FINE);
        JsonNode hooks = read(user()).get("hooks");
        assertThat(hooks.propertyNames())
                .containsExactly(
                        "PreToolUse",
                        "PermissionRequest",
                        "PostToolUse",
                        "PostToolUseFailure",
                        "PermissionDenied",
                        "UserPromptSubmit",
                        "ConfigChange",
                        "SubagentStop",
                        "Stop",
                        "SessionEnd");
        assertThat(hooks.get("PreToolUse").toString()).isEqualTo("""
                [{"matcher":"*","hooks":[{"type":"http","url":"%s","timeout":120,"onFailure":"block",\
                "headers":{"Authorization":"Bearer $ENACT_HOOK_TOKEN"},"allowedEnvVars":["ENACT_HOOK_TOKEN"]}]}]""".formatted(URL));
        assertThat(Files.getPosixFilePermissions(user())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(read(user()).propertyNames()).containsExactly("hooks");
    }

    @Test
    void theTokenIsShownOnceAndTheGuardIsGivenItsHash() throws IOException {
        String out = install("user").out();

        Matcher token = Pattern.compile("shown this once: ([0-9a-f]{64})").matcher(out);
        assertThat(token.find()).isTrue();
        assertThat(out).contains("token-hash: " + InstallationTokens.hash(token.group(1)));
        assertThat(Files.readString(user())).doesNotContain(token.group(1));
        assertThat(install("user").out()).doesNotContain("shown this once").contains("No token was made");
    }

    @Test
    void aTokenFileIsForItsOwnerAloneAndNeverReplaced() throws IOException {
        Path file = this.folder.resolve("token.env");

        String out = install("user", "--token-file", file.toString()).out();

        String content = Files.readString(file);
        assertThat(content).matches("export ENACT_HOOK_TOKEN=[0-9a-f]{64}\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(out).doesNotContain(content.strip().substring(24));
        assertThat(install("user", "--token-file", file.toString()).err()).contains("is there already");
        assertThat(file).hasContent(content);
    }

    @Test
    void aTokenThatIsSetIsUsedAndNotShown() {
        this.environment.put("ENACT_HOOK_TOKEN", "a-token-that-is-set-already");

        Result result = install("user");

        assertThat(result.out())
                .contains(InstallationTokens.hash("a-token-that-is-set-already"))
                .doesNotContain("a-token-that-is-set-already", "shown this once");
    }

    @Test
    void anotherAddressTakesThePlaceOfTheFormer() throws IOException {
        install("project");
        Path file = this.folder.resolve("web/.claude/settings.json");

        Result result = install("project", "--url", "https://guard.example");

        assertThat(Files.readString(file))
                .contains("https://guard.example/enact/hooks/claude-code")
                .doesNotContain("localhost");
        assertThat(result.out()).contains("- hooks.PreToolUse[0]", "+ hooks.PreToolUse[0]");
    }

    @Test
    void managedSettingsAreLocked() throws IOException {
        Files.createDirectories(managed().getParent());
        Files.writeString(managed(), """
                {"allowedHttpHookUrls": ["https://other.example/*"], "requiredMinimumVersion": "2.1.300",
                 "allowManagedHooksOnly": false, "httpHookAllowedEnvVars": ["OTHER"]}
                """);

        Result result = install("managed");

        JsonNode settings = read(managed());
        assertThat(settings.get("allowManagedHooksOnly").asBoolean()).isTrue();
        assertThat(settings.get("requiredMinimumVersion").asString()).isEqualTo("2.1.300");
        assertThat(settings.get("allowedHttpHookUrls").toString())
                .isEqualTo("[\"https://other.example/*\",\"" + URL + "\"]");
        assertThat(settings.get("httpHookAllowedEnvVars").toString()).isEqualTo("[\"OTHER\",\"ENACT_HOOK_TOKEN\"]");
        assertThat(settings.at("/permissions/disableBypassPermissionsMode").asString())
                .isEqualTo("disable");
        assertThat(result.out()).contains("- allowManagedHooksOnly: false", "+ allowManagedHooksOnly: true");
        assertThat(hooks("remove", "managed", "--yes").out()).contains("These stay", "requiredMinimumVersion");
        assertThat(read(managed()).has("hooks")).isFalse();
    }

    @Test
    void newManagedSettingsAskForAVersionAndEverybodyReadsThem() throws IOException {
        install("managed");

        assertThat(read(managed()).get("requiredMinimumVersion").asString()).isEqualTo("2.1.295");
        assertThat(Files.getPosixFilePermissions(managed())).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(hooks("install", "managed", "--claude-version", "2.1.294", "--yes")
                        .err())
                .contains("update it first");
    }

    @Test
    void anOldVersionGetsNoKeyThatItDoesNotKnowAndThatIsSaid() throws IOException {
        Result result = hooks("install", "user", "--yes", "--claude-version", "2.1.294");

        assertThat(Files.readString(user())).doesNotContain("onFailure");
        assertThat(result.out()).contains("2.1.294 runs tools when the guard can't be reached");
    }

    @Test
    void theVersionIsAskedOfTheProgramItself() throws IOException {
        Path program = Files.createDirectory(this.folder.resolve("bin")).resolve("claude");
        Files.writeString(program, "#!/bin/sh\necho '2.1.310 (Claude Code)'\n");
        this.environment.put("PATH", "bin:" + this.folder.resolve("bin"));
        assertThat(hooks("install", "user", "--yes").err()).contains("--claude-version");
        assertThat(user()).doesNotExist();
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        assertThat(hooks("install", "user", "--yes").status()).isEqualTo(EnactCli.FINE);
        assertThat(Files.readString(user())).contains("onFailure");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://guard.example",
                "ftp://localhost",
                "https://u:p@guard.example",
                "https://guard.example/other",
                "https://guard.example?x=1",
                "nonsense"
            })
    void anAddressThatWouldGiveTheTokenAwayIsRefused(String url) {
        Result result = install("user", "--url", url);

        assertThat(result.status()).isEqualTo(EnactCli.UNUSABLE);
        assertThat(result.err()).contains("--url").hasLineCount(1);
        assertThat(user()).doesNotExist();
    }

    @Test
    void switchedOffHooksAreSaid() throws IOException {
        settings("{\"disableAllHooks\": true}");

        assertThat(install("user")).satisfies(result -> {
            assertThat(result.status()).isEqualTo(EnactCli.PROBLEM);
            assertThat(result.out()).contains("disableAllHooks");
        });
    }

    @Test
    void aFileOfArgumentsIsNotRead() throws IOException {
        Path arguments = Files.writeString(
                this.folder.resolve("arguments"),
                "hooks install claude-code --scope user --yes --claude-version 2.1.329");

        Result result = plain("@" + arguments);

        assertThat(result.status()).isEqualTo(EnactCli.UNUSABLE);
        assertThat(user()).doesNotExist();
    }
}
