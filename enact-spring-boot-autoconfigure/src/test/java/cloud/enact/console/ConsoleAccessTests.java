package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Who gets in, and who changes nothing. */
@ConsoleTest
@TestPropertySource(properties = "enact.rollback.enabled=true")
class ConsoleAccessTests {

    private final ConsoleApplication.Notes notes;

    private final ConsoleApplication.Operator operator;

    private final ReceiptStore store;

    private final int port;

    private final ConsoleBrowser browser;

    ConsoleAccessTests(
            @Autowired ConsoleApplication.Notes notes,
            @Autowired ConsoleApplication.Operator operator,
            @Autowired ReceiptStore store,
            @LocalServerPort int port) {
        this.notes = notes;
        this.operator = operator;
        this.store = store;
        this.port = port;
        this.browser = new ConsoleBrowser(port);
    }

    private String rollbackOfANewNote() {
        this.notes.write("plan", "a plan");
        return "/enact/runs/"
                + this.store
                        .query(ReceiptFilter.ofKind(ReceiptKind.COMPLETED), null, 1)
                        .receipts()
                        .get(0)
                        .runId()
                + "/rollback";
    }

    @Test
    void aCookieOfAProgramBehindAnotherPortKeepsNobodyOut() {
        this.browser.signIn(this.operator.credential());
        String cookie = "enact-console-" + this.port + "=";

        for (String planted : List.of(
                cookie + "planted; " + cookie, (cookie + "a".repeat(43) + "; ").repeat(100), cookie, "=; ;;,")) {
            assertThat(this.browser
                            .with("Cookie", planted)
                            .get("/enact/receipts")
                            .body())
                    .contains("console-operator");
        }
    }

    @Test
    void everyAnswerTellsBrowsersToBeStrict() {
        for (String path :
                new String[] {"/enact/receipts", "/enact/login", "/enact/nothing", "/enact/assets/icon.svg"}) {
            ConsoleBrowser.Answer answer = this.browser.get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .isEqualTo("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        }
        assertThat(this.browser.get("/enact/receipts").header("Cache-Control")).isEqualTo("no-store");
        assertThat(this.browser.get("/enact/receipts").body()).doesNotContain("<style", "style=\"", "onclick");
    }

    @Test
    void aNameThatOnlyLeadsHereReadsNothing() {
        assertThat(this.browser
                        .with("Host", "evil.example:" + this.port)
                        .get("/enact/receipts")
                        .status())
                .isEqualTo(403);
        assertThat(this.browser.with("Host", "127.0.0.1").get("/enact/receipts").status())
                .isEqualTo(200);
    }

    @Test
    void whatComesThroughAProxyHasToSignIn() {
        ConsoleBrowser.Answer answer =
                this.browser.with("X-Forwarded-For", "203.0.113.7").get("/enact/receipts");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/enact/login");
        assertThat(this.browser.with("Via", "1.1 proxy").get("/enact/events").status())
                .isEqualTo(303);
    }

    @Test
    void aForeignPageReadsNothingAndSendsNothing() {
        assertThat(this.browser
                        .with("Origin", "https://evil.example")
                        .get("/enact/receipts")
                        .status())
                .isEqualTo(403);
        assertThat(this.browser.with("Origin", "null").get("/enact/receipts").status())
                .isEqualTo(403);
        assertThat(this.browser
                        .with("Sec-Fetch-Site", "cross-site")
                        .with("Sec-Fetch-Mode", "no-cors")
                        .get("/enact/receipts")
                        .status())
                .isEqualTo(403);
        assertThat(this.browser
                        .with("Sec-Fetch-Site", "cross-site")
                        .with("Sec-Fetch-Mode", "navigate")
                        .get("/enact/receipts")
                        .status())
                .isEqualTo(200);
        assertThat(this.browser
                        .with("Sec-Fetch-Site", "cross-site")
                        .with("Sec-Fetch-Mode", "navigate")
                        .signIn(this.operator.credential())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void beingOnThisMachineChangesNothing() {
        String rollback = rollbackOfANewNote();

        assertThat(this.browser.post(rollback, Map.of()).status()).isEqualTo(403);
        assertThat(this.browser.post(rollback, Map.of("csrf", "")).status()).isEqualTo(403);
        assertThat(this.browser
                        .post("/enact/policies", Map.of("draft", "policies: []"))
                        .status())
                .isEqualTo(403);
        assertThat(this.notes.read("plan")).isEqualTo("a plan");
    }

    @Test
    void aFormOfAnotherSessionChangesNothing() {
        String rollback = rollbackOfANewNote();
        ConsoleBrowser other = new ConsoleBrowser(this.port);
        other.signIn(this.operator.credential());
        String theirs = other.get("/enact/receipts").hidden("csrf");
        this.browser.signIn(this.operator.credential());

        assertThat(this.browser.post(rollback, Map.of()).status()).isEqualTo(403);
        assertThat(this.browser.post(rollback, Map.of("csrf", theirs)).status()).isEqualTo(403);
        assertThat(this.notes.read("plan")).isEqualTo("a plan");
    }

    @Test
    void aSessionBeginsWithTheCredentialAndEndsWithSigningOut() {
        ConsoleBrowser.Answer wrong = this.browser.signIn("a guess");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.header("Set-Cookie")).isEmpty();
        assertThat(wrong.body()).contains("That is not the credential").doesNotContain("a guess");

        ConsoleBrowser.Answer right = this.browser.signIn(this.operator.credential());
        assertThat(right.status()).isEqualTo(303);
        assertThat(right.header("Set-Cookie"))
                .startsWith("enact-console-" + this.port + "=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/enact");
        ConsoleBrowser.Answer page = this.browser.get("/enact/receipts");
        assertThat(page.body()).contains("console-operator", "Sign out").doesNotContain(this.operator.credential());

        ConsoleBrowser.Answer out = this.browser.post("/enact/logout", Map.of("csrf", page.hidden("csrf")));
        assertThat(out.status()).isEqualTo(303);
        assertThat(this.browser
                        .with("Cookie", right.header("Set-Cookie").split(";")[0])
                        .get("/enact/receipts")
                        .body())
                .contains("Read only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/enact/nothing",
                "/enact/receipts/",
                "/enact/receipts/more",
                "/enact//receipts",
                "/enact/assets/../receipts",
                "/enact/assets/../../application.yml",
                "/enact/assets/..%2f..%2fapplication.yml",
                "/enact/assets/%2e%2e/console.css",
                "/enact/assets/ConsoleHandler.class",
                "/enact/assets/head.html",
                "/enact/receipts;x=y",
                "/enact;x=y/receipts",
                "/enact/runs/1",
                "/enact/runs/..",
                "/enact/runs/01a2022e-2b01-7001-bd04-97da2de30497",
                "/enact/runs/01A2022E-2B01-7001-BD04-97DA2DE30497",
                "/enact/runs/01a2022e-2b01-7001-bd04-97da2de30497/rollback",
                "/enact/runs/01a2022e-2b01-7001-bd04-97da2de30497/raw",
                "/enact/runs/01a2022e-2b01-7001-bd04-97da2de30497/verify",
                "/enact/runs/01a2022e-2b01-7001-bd04-97da2de30497/other",
                "/enact/%72eceipts",
                "/enact/receipts%00",
                "/enact/approvals",
                "/enact/badge/notes.write",
            })
    void anAddressThatNamesNothingIsNotFound(String path) {
        ConsoleBrowser.Answer answer = this.browser.get(path);

        // what the server itself finds malformed, it refuses as such
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("Exception", "{{", "cloud.enact");
    }

    @Test
    void badgesAreForWhoMayReadAnyway() {
        ConsoleBrowser elsewhere = this.browser.with("X-Forwarded-For", "203.0.113.7");

        assertThat(this.browser.get("/enact/badge/notes.write.svg").status()).isEqualTo(200);
        assertThat(elsewhere.get("/enact/badge/notes.write.svg").status()).isEqualTo(303);
        assertThat(this.browser
                        .with("Sec-Fetch-Site", "cross-site")
                        .with("Sec-Fetch-Mode", "no-cors")
                        .get("/enact/badge/notes.write.svg")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void otherMethodsAreRefused() {
        assertThat(this.browser.send("DELETE", "/enact/receipts", "").status()).isEqualTo(405);
        assertThat(this.browser.send("HEAD", "/enact/receipts", "").status()).isEqualTo(200);
    }
}
