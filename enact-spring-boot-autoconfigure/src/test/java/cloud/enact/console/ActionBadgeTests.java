package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.ActionBlockedException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Badges where everybody may see them, and somebody who may see nothing else. */
@ConsoleTest
@TestPropertySource(
        properties = {ConsoleApplication.POLICY, "enact.console.loopback=false", "enact.console.badges=true"})
class ActionBadgeTests {

    private final ConsoleApplication.Notes notes;

    private final ConsoleBrowser browser;

    ActionBadgeTests(@Autowired ConsoleApplication.Notes notes, @LocalServerPort int port) {
        this.notes = notes;
        this.browser = new ConsoleBrowser(port);
    }

    private static Element svg(ConsoleBrowser.Answer answer) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(answer.body())))
                .getDocumentElement();
    }

    @Test
    void itTellsTheLastDecisionAndHowOftenItPassed() throws Exception {
        this.notes.write("plan", "one");
        this.notes.write("plan", "two");
        assertThatExceptionOfType(ActionBlockedException.class)
                .isThrownBy(() -> this.notes.write("forbidden", "nothing"));

        ConsoleBrowser.Answer badge = this.browser
                .with("Sec-Fetch-Site", "cross-site")
                .with("Sec-Fetch-Mode", "no-cors")
                .with("Host", "enact.example.org")
                .get("/enact/badge/notes.write.svg");

        assertThat(badge.status()).isEqualTo(200);
        assertThat(svg(badge).getAttribute("aria-label")).isEqualTo("notes.write: BLOCK · 66 % of 3 pass");
        assertThat(badge.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(badge.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(badge.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(badge.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(badge.header("Set-Cookie")).isEmpty();
        assertThat(badge.body()).doesNotContain("style=", "<script", "plan", "forbidden");
    }

    @Test
    void anUnknownActionLooksLikeOneThatNobodyCalled() throws Exception {
        ConsoleBrowser.Answer unknown = this.browser.get("/enact/badge/no.such-action.svg");

        assertThat(unknown.status()).isEqualTo(200);
        assertThat(svg(unknown).getAttribute("aria-label")).isEqualTo("no.such-action: no calls");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/enact/badge",
                "/enact/badge/",
                "/enact/badge/.svg",
                "/enact/badge/notes.write",
                "/enact/badge/notes.write.png",
                "/enact/badge/notes.write.svg/more",
                "/enact/badge/../receipts",
                "/enact/badge/%3Cscript%3E.svg",
                "/enact/badge/notes.*.svg",
                "/enact/badge/notes.write;x.svg",
                "/enact/badge/-../a.svg",
            })
    void whatIsNoBadgeIsNotFound(String path) {
        assertThat(this.browser.get(path).status()).isIn(400, 404);
    }

    @Test
    void nothingElseIsOpenedByIt() {
        assertThat(this.browser.get("/enact/badge/notes.write.svg?cursor=x").status())
                .isEqualTo(400);
        assertThat(this.browser.send("POST", "/enact/badge/notes.write.svg", "").status())
                .isEqualTo(404);
        assertThat(this.browser.get("/enact/receipts").status()).isEqualTo(303);
        assertThat(this.browser
                        .with("Sec-Fetch-Site", "cross-site")
                        .with("Sec-Fetch-Mode", "no-cors")
                        .get("/enact/receipts")
                        .status())
                .isEqualTo(403);
    }
}
