package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What {@code docs/console.md} says, with its own configuration and its own commands. */
class ConsolePageTests {

    private static final String PAGE = "console.md";

    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

    @TempDir
    private Path folder;

    private static ConfigurableApplicationContext application(int snippet, String... more) throws IOException {
        return new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.SERVLET)
                .initializers(Snippets.configuring(Snippets.of(PAGE, "yaml").get(snippet)))
                .properties(
                        "server.port=0",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=${java.io.tmpdir}/enact-console-page-tests",
                        "enact.signing.secret=" + Drafts.SECRET)
                .properties(more)
                .run();
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> receipts(ConfigurableApplicationContext application) throws Exception {
        return get("http://localhost:" + application.getEnvironment().getProperty("local.server.port")
                + "/enact/receipts");
    }

    @Test
    void theFirstExampleServesThePages() throws Exception {
        try (ConfigurableApplicationContext application = application(
                0,
                "spring.autoconfigure.exclude="
                        + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                        + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                        + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration")) {
            assertThat(receipts(application).statusCode()).isEqualTo(200);
            assertThat(receipts(application).body()).contains("Read only");
        }
    }

    @Test
    void withRolesThePagesAreForWhoHasOne() throws Exception {
        try (ConfigurableApplicationContext application = application(1)) {
            // Spring Security has the last word on who is authenticated
            HttpResponse<String> answer = receipts(application);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("Read only");
        }
    }

    @Test
    void theCommandServesAStoreWithoutItsApplication() throws Exception {
        Path file = this.folder.resolve(".enact").resolve("enact.db");
        ReceiptSigner signer = ReceiptSigner.hs256(Drafts.SECRET);
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file);
                ReceiptLog log = ReceiptLog.direct(
                        Drafts.id().toString(), store, signer, Masking.defaults(), Clock.systemUTC())) {
            log.append(Drafts.decided(Drafts.run()));
        }
        String script = Snippets.of(PAGE, "shell")
                .get(0)
                .replace("ENACT_SECRET=...", "ENACT_SECRET='" + Drafts.SECRET + "'")
                .replace("--port 8765", "--port 0");

        Process process = bash(script);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Matcher address;
            do {
                address = ADDRESS.matcher(String.valueOf(out.readLine()));
            } while (!address.find() && process.isAlive());

            assertThat(get(address.group() + "/receipts").body())
                    .contains("crm.delete_customer", "1 of 1 signature is valid");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void theOptionsOfTheCommandAreThoseOfThePage() throws Exception {
        String page = DocsFolder.read(PAGE);
        String table = page.substring(page.indexOf("| option |"), page.indexOf("Without `--rollback`"));

        String help = new String(bash("enact console --help").getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        Set<String> shown = options(table, "(?m)^\\| `(--[a-z-]+)` \\|");
        assertThat(shown).isNotEmpty();
        assertThat(options(help, "(--[a-z-]+)")).containsAll(shown);
        Set<String> inherited = options(DocsFolder.read("receipts.md"), "`(--[a-z-]+)");
        Set<String> ofDatabases = Set.of(
                "--url",
                "--user",
                "--password-env",
                "--password-file",
                "--ask-password",
                "--database",
                "--help",
                "--version");
        assertThat(options(help, "(?m)^ +(?:-[A-Za-z], )?(--[a-z-]+)"))
                .filteredOn(option -> !inherited.contains(option) && !ofDatabases.contains(option))
                .isSubsetOf(shown);
    }

    private static Set<String> options(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }

    /** Runs commands as a shell does, the last in place of the shell. */
    private Process bash(String commands) throws IOException {
        String enact = "enact() { exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                + System.getProperty("java.class.path") + "' cloud.enact.cli.EnactCli \"$@\"; }\n";
        return new ProcessBuilder("bash", "-ec", enact + commands)
                .directory(this.folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
            })
    static class Shop {}
}
