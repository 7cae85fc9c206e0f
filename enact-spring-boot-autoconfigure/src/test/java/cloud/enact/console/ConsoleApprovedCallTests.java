package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.ActionBlockedException;
import cloud.enact.gate.ApprovalRequiredException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A call that waits for a person, who answers in the console. */
@ConsoleTest
@TestPropertySource(
        properties = {
            "enact.approval.enabled=true",
            "enact.actor.id=agent@example.org",
            "enact.policies[0].name=people-publish",
            "enact.policies[0].on=notes.*",
            "enact.policies[0].ask=args.title == \"news\"",
            "enact.policies[0].reason=News are for people."
        })
class ConsoleApprovedCallTests {

    private final ConsoleApplication.Notes notes;

    private final ConsoleBrowser browser;

    ConsoleApprovedCallTests(
            @Autowired ConsoleApplication.Notes notes,
            @Autowired ConsoleApplication.Operator operator,
            @LocalServerPort int port) {
        this.notes = notes;
        this.browser = new ConsoleBrowser(port);
        this.browser.signIn(operator.credential());
    }

    private UUID ask(String text) {
        try {
            this.notes.write("news", text);
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("Nobody was asked");
    }

    private ConsoleBrowser.Answer answer(UUID ticket, String answer, String reason) {
        String csrf = this.browser.get("/enact/approvals").hidden("csrf");
        return this.browser.post(
                "/enact/approvals/" + ticket, Map.of("csrf", csrf, "answer", answer, "reason", reason));
    }

    @Test
    void theApprovedCallGoesThroughOnceAndItsRunShowsWhoApproved() {
        UUID ticket = ask("what people may read");
        assertThat(this.browser.get("/enact/approvals").body())
                .contains("request-" + ticket, "News are for people.", "what people may read");

        assertThat(answer(ticket, "approve", "read twice").status()).isEqualTo(303);
        this.notes.write("news", "what people may read");

        assertThat(this.notes.read("news")).isEqualTo("what people may read");
        assertThat(ask("what people may read")).isNotEqualTo(ticket);
        String list = this.browser
                .get("/enact/receipts?decision=PASS&action=notes.write")
                .body();
        String start = "href=\"/enact/runs/";
        String run = list.substring(list.indexOf(start) + start.length()).substring(0, 36);
        assertThat(this.browser.get("/enact/runs/" + run).body())
                .contains("<summary>Approval</summary>", ticket.toString(), "console-operator");
        assertThat(this.browser.get("/enact/approvals").body()).contains("USED", "read twice");
    }

    @Test
    void theDeniedCallIsBlockedWithTheReason() {
        UUID ticket = ask("what nobody may read");

        answer(ticket, "deny", "not before Monday");

        assertThatExceptionOfType(ActionBlockedException.class)
                .isThrownBy(() -> this.notes.write("news", "what nobody may read"))
                .withMessageContaining("not before Monday");
        assertThat(answer(ticket, "approve", "changed my mind").status()).isEqualTo(409);
    }

    @Test
    void thePolicyTellsHowManyOfItsRequestsWereApproved() {
        answer(ask("once"), "approve", "fine");
        answer(ask("twice"), "deny", "no");
        ask("nobody answers");

        String row = this.browser.get("/enact/policies").body();
        row = row.substring(row.indexOf("<strong>people-publish</strong>"));

        // other calls of this class may have been answered before
        assertThat(row.substring(0, row.indexOf("</tr>"))).containsPattern("data-label=\"Approved\">[1-9] of [2-9]<");
    }
}
