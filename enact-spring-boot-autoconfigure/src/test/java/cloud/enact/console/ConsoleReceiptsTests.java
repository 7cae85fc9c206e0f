package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.ActionBlockedException;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Receipts and runs, as somebody of this machine reads them, and as somebody who is signed in changes them. */
@ConsoleTest
@TestPropertySource(
        properties = {ConsoleApplication.POLICY, "enact.rollback.enabled=true", "enact.actor.id=agent@example.org"})
class ConsoleReceiptsTests {

    private final ConsoleApplication.Notes notes;

    private final ConsoleApplication.Operator operator;

    private final ReceiptStore store;

    private final ConsoleBrowser browser;

    ConsoleReceiptsTests(
            @Autowired ConsoleApplication.Notes notes,
            @Autowired ConsoleApplication.Operator operator,
            @Autowired ReceiptStore store,
            @LocalServerPort int port) {
        this.notes = notes;
        this.operator = operator;
        this.store = store;
        this.browser = new ConsoleBrowser(port);
    }

    private String writeANote(String text) {
        this.notes.write("plan", text);
        return newest(ReceiptKind.COMPLETED).runId().toString();
    }

    private Receipt newest(ReceiptKind kind) {
        return this.store.query(ReceiptFilter.ofKind(kind), null, 1).receipts().get(0);
    }

    @Test
    void theFrontDoorLeadsToTheReceipts() {
        assertThat(this.browser.get("/enact").header("Location")).isEqualTo("/enact/receipts");
        assertThat(this.browser.get("/enact/").header("Location")).isEqualTo("/enact/receipts");
    }

    @Test
    void aReceiptIsFoundByItsDecisionAndItsPolicy() {
        writeANote("the agent's plan");
        assertThatExceptionOfType(ActionBlockedException.class)
                .isThrownBy(() -> this.notes.write("forbidden", "nothing"));

        ConsoleBrowser.Answer blocked = this.browser.get("/enact/receipts?decision=BLOCK&policy=no-forbidden-notes");

        assertThat(blocked.status()).isEqualTo(200);
        assertThat(blocked.body())
                .contains("notes.write", "<span class=\"badge block\">BLOCK</span>", "This title is taken.")
                .contains("agent@example.org", "is valid on this page", "<option value=\"BLOCK\" selected>")
                .doesNotContain("badge pass\">PASS");
        assertThat(this.browser.get("/enact/receipts?actor=nobody").body()).contains("Nothing here matches these");
    }

    @Test
    void aFilterThatCannotBeMeantSaysSo() {
        assertThat(this.browser.get("/enact/receipts?decision=MAYBE").status()).isEqualTo(400);
        assertThat(this.browser.get("/enact/receipts?since=yesterday").body()).contains("is a time such as");
        assertThat(this.browser.get("/enact/receipts?since=2026-11-20T12:00").status())
                .isEqualTo(200);
        assertThat(this.browser
                        .get("/enact/receipts?since=2026-11-20T12:00:00Z")
                        .status())
                .isEqualTo(200);
        assertThat(this.browser.get("/enact/receipts?text=plan").body()).contains("enact.receipts.search.enabled");
        assertThat(this.browser.get("/enact/receipts?desicion=BLOCK").status()).isEqualTo(400);
        assertThat(this.browser.get("/enact/receipts?cursor=nonsense").status()).isEqualTo(400);
        assertThat(this.browser.get("/enact/receipts?run=1").status()).isEqualTo(400);
    }

    @Test
    void aRunShowsWhatHappenedAndVerifiesWithoutAScript() {
        String run = writeANote("a plan to look at");

        String page = this.browser.get("/enact/runs/" + run).body();
        String verified = this.browser.get("/enact/runs/" + run + "/verify").body();

        assertThat(page)
                .contains("notes.write", "a plan to look at", "SUCCEEDED", "no-forbidden-notes", "decided", "completed")
                .contains("as signed", "<form method=\"get\" action=\"/enact/runs/" + run + "/verify\">");
        assertThat(verified).contains("id=\"verification\"", "<h2>Verified</h2>", "2 entries verified.");
        assertThat(this.browser.get("/enact/runs/" + run + "/raw").body())
                .startsWith("[{\"action\":\"notes.write\"")
                .endsWith("}]");
    }

    @Test
    void aRollbackIsPreviewedByAReaderAndDoneByWhoIsSignedIn() {
        this.notes.write("plan", "what was there");
        String run = writeANote("what the agent made of it");

        String preview = this.browser.get("/enact/runs/" + run + "/rollback").body();
        assertThat(preview).contains("would be", "RESTORED", "Rolling back takes somebody who is signed in");
        assertThat(preview).doesNotContain("id=\"roll-back\"");
        assertThat(this.notes.read("plan")).isEqualTo("what the agent made of it");

        this.browser.signIn(this.operator.credential());
        ConsoleBrowser.Answer offered = this.browser.get("/enact/runs/" + run + "/rollback");
        assertThat(offered.body()).contains("id=\"roll-back\"");
        ConsoleBrowser.Answer done = this.browser.post(
                "/enact/runs/" + run + "/rollback", Map.of("csrf", offered.hidden("csrf"), "reason", "a bad plan"));

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.body()).contains("ROLLED BACK");
        assertThat(this.notes.read("plan")).isEqualTo("what was there");
        Receipt receipt = newest(ReceiptKind.ROLLED_BACK);
        assertThat(receipt.actor()).isEqualTo("console-operator");
        assertThat(receipt.fields()).containsEntry("payload", Map.of("reason", "a bad plan"));
        assertThat(this.browser.get("/enact/runs/" + run).body()).contains("id=\"rollback-state\">ROLLED BACK");
    }

    @Test
    void capturedStateIsForWhoMightBringItBack() {
        this.notes.write("plan", "a state that was captured");
        String run = writeANote("a new state");

        assertThat(this.browser.get("/enact/runs/" + run).body()).doesNotContain("a state that was captured");
        this.browser.signIn(this.operator.credential());
        assertThat(this.browser.get("/enact/runs/" + run).body()).contains("a state that was captured");
    }

    @Test
    void theIntegrityPageShowsLogsAndCheckpoints() {
        writeANote("something");

        assertThat(this.browser.get("/enact/integrity").body())
                .contains(
                        "this process",
                        "Signature valid",
                        "id=\"verification\"",
                        "id=\"checkpoints\"",
                        "id=\"doubts\"");
    }

    @Test
    void thePoliciesPageCountsHitsAndTriesDrafts() {
        writeANote("something");
        assertThatExceptionOfType(ActionBlockedException.class)
                .isThrownBy(() -> this.notes.write("forbidden", "nothing"));

        assertThat(this.browser.get("/enact/policies").body())
                .contains("no-forbidden-notes", "/enact/receipts?policy&#x3D;no-forbidden-notes", "sha256:")
                .doesNotContain("<textarea");

        this.browser.signIn(this.operator.credential());
        String csrf = this.browser.get("/enact/policies").hidden("csrf");
        String draft =
                "policies:\n  - name: no-notes\n    block: \"true\"\n    on: \"notes.*\"\n    reason: No notes today.\n";
        ConsoleBrowser.Answer report = this.browser.post("/enact/policies", Map.of("csrf", csrf, "draft", draft));
        assertThat(report.body()).contains("would be blocked that were not", "No notes today.");
        String asking = "policies:\n  - name: two\n    ask: \"true\"\n    on: \"notes.*\"\n    reason: Two people.\n"
                + "    approvers: 2\n    groups: [finance]\n";
        assertThat(this.browser
                        .post("/enact/policies", Map.of("csrf", csrf, "draft", asking))
                        .body())
                .contains("put to a person", "Two people.");
        assertThat(this.browser
                        .post("/enact/policies", Map.of("csrf", csrf, "draft", "policies: 7"))
                        .body())
                .contains("class=\"alert\"");
    }
}
