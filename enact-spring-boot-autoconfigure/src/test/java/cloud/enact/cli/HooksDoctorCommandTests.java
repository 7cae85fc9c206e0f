package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Ways past the guard, each planted and each found. */
@SpringBootTest(
        classes = HookApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "enact.hooks.claude-code.enabled=true",
            "enact.hooks.claude-code.installations[0].id=ana@enact.example",
            "enact.hooks.claude-code.installations[0].token=" + HookApplication.TOKEN,
            "enact.mode=observe",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-doctor-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough"
        })
class HooksDoctorCommandTests extends CliFixture {

    private final ReceiptStore receipts;

    private String url;

    private String version = "2.1.329";

    HooksDoctorCommandTests(@LocalServerPort int port, @Autowired ReceiptStore receipts) {
        this.url = "http://localhost:" + port + "/enact/hooks/claude-code";
        this.receipts = receipts;
    }

    @BeforeEach
    void installed() throws IOException {
        this.environment.put("HOME", this.folder.resolve("home").toString());
        this.environment.put("ENACT_HOOK_TOKEN", HookApplication.TOKEN);
        Files.createDirectories(this.folder.resolve("web/.claude"));
        Files.createDirectories(this.folder.resolve("etc"));
        install("user");
    }

    private Path user() {
        return this.folder.resolve("home/.claude/settings.json");
    }

    private Path managed() {
        return this.folder.resolve("etc/managed-settings.json");
    }

    private Result hooks(String... words) {
        List<String> all = new ArrayList<>(List.of("hooks"));
        all.addAll(List.of(words));
        all.addAll(List.of("--directory", this.folder.resolve("web").toString()));
        all.addAll(List.of("--managed-file", managed().toString()));
        return plain(all.toArray(String[]::new));
    }

    private void install(String scope) {
        assertThat(hooks(
                                "install",
                                "claude-code",
                                "--scope",
                                scope,
                                "--yes",
                                "--claude-version",
                                "2.1.329",
                                "--url",
                                this.url)
                        .status())
                .isEqualTo(EnactCli.FINE);
    }

    private Result doctor() {
        return hooks("doctor", "--url", this.url, "--claude-version", this.version);
    }

    private void finds(String... words) {
        Result result = doctor();
        assertThat(result.out()).contains("HOLE").contains(words).doesNotContain("FINE", HookApplication.TOKEN);
        assertThat(result.status()).isEqualTo(EnactCli.PROBLEM);
    }

    private void change(UnaryOperator<String> change) throws IOException {
        String before = Files.readString(user());
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(user(), after);
    }

    @Test
    void whatWasInstalledHoldsAndTheCanaryIsDeniedEvenWhileObserving() {
        Result result = doctor();

        assertThat(result.out()).contains("FINE", "No settings cover:", "@").doesNotContain("HOLE", "UNCHECKED");
        assertThat(result.status()).isEqualTo(EnactCli.FINE);
        List<Receipt> canaries = this.receipts
                .query(ReceiptFilter.ofKind(ReceiptKind.DECIDED), null, 1)
                .receipts();
        assertThat(canaries).extracting(Receipt::action).containsExactly("claude_code.write");
        assertThat(this.folder.resolve("web/.claude")).isEmptyDirectory();
    }

    @Test
    void managedSettingsHoldAsWell() throws IOException {
        Files.delete(user());
        install("managed");

        assertThat(doctor().status()).isEqualTo(EnactCli.FINE);
        Files.writeString(this.folder.resolve("web/.claude/settings.local.json"), "{\"disableAllHooks\": true}");
        assertThat(doctor().status())
                .as("others can't switch managed hooks off")
                .isEqualTo(EnactCli.FINE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"matcher\": \"*\" | \"matcher\": \"Bash\" | has the matcher 'Bash'",
                "PermissionRequest | permissionRequest | No hook asks the guard about PermissionRequest",
                "PreToolUse | PreTool | tools run without being judged",
                "\"onFailure\": \"block\" | \"onFailure\": \"continue\" | goes on when the guard does not answer",
                "Bearer $ENACT_HOOK_TOKEN | Bearer $OTHER | does not send the token",
                "\"ENACT_HOOK_TOKEN\" | \"OTHER\" | does not send the token",
                "\"type\": \"http\" | \"type\": \"http\", \"if\": \"Bash(rm *)\" | has an 'if'",
                "\"type\": \"http\" | \"type\": \"http\", \"async\": true | is 'async'",
                "\"type\": \"http\" | \"type\": \"command\" | No hook asks the guard about PreToolUse",
                "://localhost | ://127.0.0.1 | asks http://127.0.0.1",
                "\"hooks\": { | \"disableAllHooks\": true, \"hooks\": { | switches off all hooks",
                "\"hooks\": { | \"env\": {\"ENACT_HOOK_TOKEN\": \"x\"}, \"hooks\": { | overrule ENACT_HOOK_TOKEN",
                "\"hooks\": { | \"env\": {\"CLAUDE_CODE_SIMPLE\": \"1\"}, \"hooks\": { | CLAUDE_CODE_SIMPLE is set",
                "\"hooks\": { | \"allowedHttpHookUrls\": [\"https://a.example/*\"], \"hooks\": { | does not allow http",
                "\"hooks\": { | \"httpHookAllowedEnvVars\": [], \"hooks\": { | does not allow ENACT_HOOK_TOKEN",
                "\"hooks\": { | \"hooks\": { { | no valid JSON"
            })
    void aHoleInTheSettingsIsFound(String former, String planted, String finding) throws IOException {
        change(text -> text.replaceFirst(Pattern.quote(former), Matcher.quoteReplacement(planted)));

        finds(finding);
    }

    @Test
    void eachMissingEventIsFound() throws IOException {
        List<String> events = List.of(
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
        for (String event : events) {
            change(text -> text.replace("\"" + event + "\"", "\"Other" + event + "\""));
        }

        finds(events.stream()
                .map(event -> "No hook asks the guard about " + event + ":")
                .toArray(String[]::new));
    }

    @Test
    void settingsOfTheMachineThatOverruleThoseOfTheUserAreFound() throws IOException {
        Files.writeString(managed(), "{\"allowManagedHooksOnly\": true}");
        finds("'allowManagedHooksOnly' in " + managed() + " overrules");

        Files.writeString(managed(), "{}");
        Path fragments = Files.createDirectory(managed().resolveSibling("managed-settings.d"));
        Files.writeString(fragments.resolve("10-team.json"), "{\"allowedHttpHookUrls\": [\"https://a.example/*\"]}");
        finds("10-team.json does not allow");

        Files.writeString(fragments.resolve("10-team.json"), "{\"disableAllHooks\": true}");
        finds("10-team.json switches all hooks off");
    }

    @Test
    void settingsOfAnyFormAreLookedAt() throws IOException {
        for (String odd : List.of(
                "{\"hooks\": 5, \"env\": [], \"allowedHttpHookUrls\": 7, \"disableAllHooks\": \"x\"}",
                "{\"hooks\": {\"PreToolUse\": [5, {\"hooks\": 5}, {\"matcher\": {}, \"hooks\": [5, {\"type\": 5, \"url\": {}},"
                        + " {\"type\": \"http\", \"url\": \"/enact/hooks/claude-code\", \"headers\": 3, \"timeout\": []}]}]}}",
                "[]",
                "")) {
            Files.writeString(user(), odd);

            finds("PreToolUse");
        }
    }

    @Test
    void settingsOfTheProjectThatSwitchHooksOffAreFound() throws IOException {
        Files.writeString(this.folder.resolve("web/.claude/settings.local.json"), "{\"disableAllHooks\": true}");

        finds("settings.local.json switches off all hooks");
    }

    @Test
    void anOldVersionIsFoundAndAnUnknownOneIsSaid() {
        this.version = "2.1.294";
        finds("2.1.294 runs tools when the guard can't be reached");

        Result unknown = hooks("doctor", "--url", this.url);
        assertThat(unknown.out()).contains("UNCHECKED", "--claude-version");
        assertThat(unknown.status()).isEqualTo(EnactCli.NOT_FULLY_CHECKED);
    }

    @Test
    void aTokenThatTheGuardDoesNotKnowIsFound() {
        this.environment.put("ENACT_HOOK_TOKEN", "another-token");
        finds("does not know the token");

        this.environment.remove("ENACT_HOOK_TOKEN");
        finds("ENACT_HOOK_TOKEN is not set");

        this.environment.put("ENACT_HOOK_TOKEN", "a\r\nX-Header: b");
        finds("blanks or other characters");
    }

    @Test
    void aGuardThatIsNotThereIsFound() throws IOException {
        String former = this.url;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.url = "http://localhost:" + socket.getLocalPort() + "/enact/hooks/claude-code";
        }
        change(text -> text.replace(former, this.url));

        finds("can't be reached");
        this.environment.remove("ENACT_HOOK_TOKEN");
        finds("is not set", "can't be reached");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {} | no opinion",
                "200 | '' | no opinion",
                "200 | {\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"allow\"}} | 'allow'",
                "200 | {\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"ask\"}} | 'ask'",
                "200 | {\"hookSpecificOutput\":{\"permissionDecision\":\"deny\"}} | without the name of the event",
                "200 | denied | something else than JSON",
                "200 | [] | something else than JSON",
                "404 | {} | status 404",
                "302 | {} | status 302"
            })
    void aServerThatDoesNotDenyTheCanaryIsFound(int status, String body, String finding) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, (bytes.length == 0) ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String former = this.url;
            this.url = "http://localhost:" + server.getAddress().getPort() + "/enact/hooks/claude-code";
            change(text -> text.replace(former, this.url));

            finds(finding);
        } finally {
            server.stop(0);
        }
    }
}
