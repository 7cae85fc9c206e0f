package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.ActionBlockedException;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * The console as a person uses it, in Chromium. What was seen is kept in {@code target/pictures}, and with
 * {@code -Denact.docs.rewrite=true} in the documentation.
 */
@ConsoleTest
@TestPropertySource(
        properties = {
            ConsoleApplication.POLICY,
            "enact.policies[1].name=release-notes-need-a-person",
            "enact.policies[1].on=notes.*",
            "enact.policies[1].ask=args.title == \"release\"",
            "enact.policies[1].reason=Customers read this note.",
            "enact.approval.enabled=true",
            "enact.approval.mode=wait",
            "enact.rollback.enabled=true",
            "enact.actor.id=agent@example.org"
        })
class ConsolePagesBrowserTests {

    private final ConsoleApplication.Notes notes;

    private final ConsoleApplication.Operator operator;

    private final ReceiptStore store;

    private final String base;

    ConsolePagesBrowserTests(
            @Autowired ConsoleApplication.Notes notes,
            @Autowired ConsoleApplication.Operator operator,
            @Autowired ReceiptStore store,
            @LocalServerPort int port) {
        this.notes = notes;
        this.operator = operator;
        this.store = store;
        this.base = "http://localhost:" + port + "/enact";
    }

    @Test
    void aReceiptIsFoundVerifiedAndItsDiffOpened() throws IOException {
        this.notes.write("plan", "ship on Friday");
        this.notes.write("plan", "ship on Monday");
        blocked();
        try (Browser browser = Browser.open()) {
            signIn(browser);
            browser.go(page("/receipts"));
            picture(browser, "console-receipts");
            browser.enter("#f-action", "notes.write");
            browser.click("#receipts tbody tr:has(.badge.pass) a");
            browser.click("#verify");

            assertThat(browser.read("#verification")).contains("Verified");

            browser.show("details.state");
            picture(browser, "console-run");

            assertThat(browser.read("details.state[open]"))
                    .contains("ship on Friday")
                    .contains("ship on Monday");
        }
    }

    @Test
    void aRunIsRolledBackByWhoIsSignedIn() throws IOException {
        this.notes.write("menu", "soup");
        this.notes.write("menu", "nothing today");
        String run = newestRun();
        try (Browser browser = Browser.open()) {
            browser.go(page("/runs/" + run));
            browser.click("#preview");
            assertThat(browser.text()).contains("Nothing was changed", "somebody who is signed in");

            signIn(browser);
            browser.go(page("/runs/" + run + "/rollback"));
            picture(browser, "console-rollback");
            browser.find("#reason").sendKeys("there is soup after all");
            browser.click("#roll-back");
            browser.click("#rollback-run");

            assertThat(browser.text()).contains("there is soup after all");
            assertThat(this.notes.read("menu")).isEqualTo("soup");
        }
    }

    @Test
    void aCallWaitsUntilItIsApprovedAndGoesOn() throws Exception {
        CompletableFuture<Void> call =
                CompletableFuture.runAsync(() -> this.notes.write("release", "Version 2 is here"));
        try (Browser browser = Browser.open()) {
            signIn(browser);
            awaitRequest(browser);
            picture(browser, "console-approvals");
            assertThat(browser.read("#pending"))
                    .contains("Customers read this note.", "Version 2 is here", "agent@example.org");
            browser.find("#pending input[name=reason]").sendKeys("read it twice");
            browser.click("#pending button[value=approve]");
            call.get(30, TimeUnit.SECONDS);

            assertThat(this.notes.read("release")).isEqualTo("Version 2 is here");
            assertThat(browser.read("#answered")).contains("read it twice");
        }
    }

    @Test
    void aCallThatIsDeniedEndsWithTheReason() throws Exception {
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> this.notes.write("release", "not yet ready"));
        try (Browser browser = Browser.open()) {
            signIn(browser);
            awaitRequest(browser);
            browser.find("#pending input[name=reason]").sendKeys("wait for the tests");
            browser.click("#pending button[value=deny]");

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(ActionBlockedException.class)
                    .withMessageContaining("wait for the tests");
        }
    }

    @Test
    void whatHappensArrivesWhileSomebodyLooks() {
        try (Browser browser = Browser.open()) {
            browser.go(page("/receipts?action=notes.write&actor=agent%40example.org"));
            browser.find("#live.on");
            this.notes.write("live-" + System.nanoTime(), "just now");
            String run = newestRun();

            assertThat(browser.shows("#receipts .id[title='" + run + "']")).isTrue();
        }
    }

    @Test
    void theKeyboardIsEnough() {
        this.notes.write("keys", "first");
        this.notes.write("keys", "second");
        try (Browser browser = Browser.open()) {
            browser.go(page("/login"));
            browser.tabTo("#credential");
            browser.enter(this.operator.credential());
            browser.tabTo("#f-action");
            browser.enter("notes.write");
            browser.tabTo("#receipts tbody tr a");
            browser.enter("");
            browser.tabTo("#preview");
            browser.enter("");
            browser.tabTo("#roll-back");
            browser.enter("");
            browser.find("#rollback-run");

            assertThat(this.notes.read("keys")).isEqualTo("first");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/receipts",
                "/runs/{run}",
                "/runs/{run}/rollback",
                "/approvals",
                "/policies",
                "/integrity",
                "/login"
            })
    void aPhoneIsWideEnoughAndNobodyIsKeptOut(String path) throws IOException {
        blocked();
        this.notes.write("a title that is longer than a phone is wide " + "x".repeat(120), "y".repeat(300));
        URI address = page(path.replace("{run}", newestRun()));
        try (Browser light = Browser.open();
                Browser dark = Browser.dark()) {
            light.go(address);
            dark.go(address);
            List<String> wide = light.barriers();
            List<String> inTheDark = dark.barriers();
            light.size(390, 844);
            picture(light, "phone" + path.replaceAll("[^a-z]+", "-"));
            picture(dark, "dark" + path.replaceAll("[^a-z]+", "-"));

            assertThat(wide).isEmpty();
            assertThat(inTheDark).isEmpty();
            assertThat(light.overflow()).isZero();
            assertThat(light.barriers()).isEmpty();
        }
    }

    @Test
    void pagesAreReadWithoutAScript() {
        this.notes.write("plain", "no script here");
        try (Browser browser = Browser.withoutScript()) {
            browser.go(page("/receipts"));
            browser.enter("#f-action", "notes.write");
            browser.click("#receipts tbody tr a");
            assertThat(browser.text()).contains("no script here");
            browser.click("#verify");

            assertThat(browser.read("#verification")).contains("Verified");
        }
    }

    private void blocked() {
        assertThatExceptionOfType(ActionBlockedException.class)
                .isThrownBy(() -> this.notes.write("forbidden", "nothing"));
    }

    private String newestRun() {
        return this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.COMPLETED), null, 1)
                .receipts()
                .get(0)
                .runId()
                .toString();
    }

    private URI page(String path) {
        return URI.create(this.base + path);
    }

    private void signIn(Browser browser) {
        browser.signIn(page("/login"), this.operator.credential());
    }

    /** The page as it is once the call has asked. */
    private void awaitRequest(Browser browser) {
        browser.reload(page("/approvals"), "#pending form");
    }

    private static void picture(Browser browser, String name) throws IOException {
        browser.picture(Path.of("target", "pictures", name + ".png"));
        if (Boolean.getBoolean("enact.docs.rewrite") && name.startsWith("console-")) {
            browser.picture(Path.of("..", "docs", "pictures", name + ".png"));
        }
    }
}
