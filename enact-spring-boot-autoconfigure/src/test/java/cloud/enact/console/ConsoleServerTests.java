package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Drafts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console on the web server of the JDK, asked as hostile clients ask. */
class ConsoleServerTests {

    private MemoryConsole console;

    private ConsoleBrowser browser;

    @BeforeEach
    void start() throws IOException {
        this.console = new MemoryConsole();
        this.browser = new ConsoleBrowser(this.console.port());
    }

    @AfterEach
    void stop() {
        this.console.close();
    }

    @Test
    void theAddressAloneLeadsToTheReceipts() {
        this.console.append(Drafts.decided(Drafts.run()));

        assertThat(this.browser.get("/").header("Location")).isEqualTo("/enact");
        assertThat(this.browser.get("/enact").header("Location")).isEqualTo("/enact/receipts");
        ConsoleBrowser.Answer page = this.browser.get("/enact/receipts?decision=PASS");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(this.browser.get("/enact/assets/console.css").header("Cache-Control"))
                .contains("immutable");
        assertThat(this.browser.send("HEAD", "/enact/receipts", "").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost.evil.example",
                "evil.example",
                "evil.example@localhost",
                "localhost, evil.example",
                "localhost:1, evil.example",
                "localhost evil.example:80",
                "",
            })
    void aNameThatOnlyLeadsHereReadsNothing(String host) {
        assertThat(this.browser.with("Host", host).get("/enact/receipts").status())
                .isEqualTo(403);
    }

    @Test
    void twoNamesAreNoName() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.console.port())) {
            socket.getOutputStream()
                    .write(
                            "GET /enact/receipts HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void whatComesThroughAProxyHasToSignIn() {
        assertThat(this.browser
                        .with("x-forwarded-for", "203.0.113.7")
                        .get("/enact/receipts")
                        .status())
                .isEqualTo(303);
        assertThat(this.browser
                        .with("Forwarded", "for=203.0.113.7")
                        .get("/enact/events")
                        .status())
                .isEqualTo(303);
    }

    @Test
    void aForeignPageReadsNothingAndSignsNobodyIn() {
        ConsoleBrowser foreign = this.browser.with("Origin", "https://evil.example");

        assertThat(foreign.get("/enact/receipts").status()).isEqualTo(403);
        assertThat(foreign.signIn(this.console.credential()).status()).isEqualTo(403);
    }

    @Test
    void aSessionBeginsWithTheCredentialAndEndsWithSigningOut() {
        assertThat(this.browser.signIn("a guess").status()).isEqualTo(403);
        assertThat(this.browser.signIn(this.console.credential()).header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Strict", "Path=/enact");
        ConsoleBrowser.Answer page = this.browser.get("/enact/receipts");
        assertThat(page.body()).contains("console-operator");

        assertThat(this.browser.post("/enact/logout", Map.of("csrf", "another")).status())
                .isEqualTo(403);
        assertThat(this.browser
                        .post("/enact/logout", Map.of("csrf", page.hidden("csrf")))
                        .status())
                .isEqualTo(303);
        assertThat(this.browser.get("/enact/receipts").body()).contains("Read only");
    }

    @Test
    void aCookieOfAProgramBehindAnotherPortKeepsNobodyOut() {
        this.browser.signIn(this.console.credential());
        String cookie = "enact-console-" + this.console.port() + "=";

        for (String planted : List.of(
                cookie + "planted; " + cookie, (cookie + "a".repeat(43) + "; ").repeat(100), cookie, "=; ;;,")) {
            assertThat(this.browser
                            .with("Cookie", planted)
                            .get("/enact/receipts")
                            .body())
                    .contains("console-operator");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/enactor",
                "/other",
                "/enact//receipts",
                "//evil.example/enact/receipts",
                "http://evil.example/enact/receipts",
                "/enact/assets/../receipts",
                "/../enact/receipts",
                "/enact/assets/..%2f..%2fapplication.yml",
                "/enact/assets/%2e%2e/console.css",
                "/enact/assets/ConsoleServer.class",
                "/enact/receipts;x=y",
                "/enact/%72eceipts",
                "/enact/receipts%00",
                "/enact/receipts#x",
                "/enact/runs/01a2022e-2b01-7001-bd04-97da2de30497",
            })
    void anAddressThatNamesNothingIsNotFound(String path) {
        ConsoleBrowser.Answer answer = this.browser.get(path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("Exception", "{{", "cloud.enact", "<script>");
    }

    @Test
    void fieldsThatCannotBeReadAreAMistakeOfTheSender() {
        for (String form : new String[] {
            "credential=secret%zz",
            "credential=secret%",
            "credential=%ff%fe",
            "credential=a&credential=b",
            manyFields(),
            "a".repeat(300_000)
        }) {
            assertThat(this.browser.send("POST", "/enact/login", form).status())
                    .as(form.substring(0, Math.min(30, form.length())))
                    .isEqualTo(400);
        }
        assertThat(this.browser.get("/enact/receipts?action=%zz").status()).isEqualTo(400);
        assertThat(this.browser.get("/enact/receipts?action=a&action=b").status())
                .isEqualTo(400);
        assertThat(this.browser.get("/enact/receipts?action=caf%C3%A9+x").body())
                .contains("café x");
    }

    private static String manyFields() {
        return IntStream.range(0, 2000).mapToObj(i -> "f" + i + "=").collect(Collectors.joining("&"));
    }

    @Test
    void aPageHearsOfTheNextReceipt() throws Exception {
        CompletableFuture<ConsoleBrowser.Answer> answer =
                CompletableFuture.supplyAsync(() -> this.browser.get("/enact/events?mark="));

        this.console.append(Drafts.decided(Drafts.run()));

        assertThat(answer.get(30, TimeUnit.SECONDS).body()).contains("event: receipts");
    }

    @Test
    void otherMethodsAreRefused() {
        assertThat(this.browser.send("DELETE", "/enact/receipts", "").status()).isEqualTo(405);
        assertThat(this.browser.send("TRACE", "/enact/receipts", "").status()).isEqualTo(405);
    }
}
