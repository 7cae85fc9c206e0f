package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.Arguments;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTextTests {

    private final SampleMessages messages = new SampleMessages();

    private final SampleApprovals samples = new SampleApprovals();

    @Test
    void itSaysWhatWillHappenInPlainSentences() {
        ApprovalMessage message = this.messages.to("ann@enact.example");

        assertThat(ApprovalText.subject(message)).isEqualTo("Approval wanted: billing.refund");
        assertThat(ApprovalText.body(message))
                .contains(
                        "Action: billing.refund\n",
                        "Asked by: bot@enact.example through helper, on 2026-01-22 10:00:00 UTC\n",
                        "Answer until: 2026-01-22 11:00:00 UTC. Silence counts as a no.\n",
                        "Approve: https://agents.enact.example/enact/approvals/links/",
                        "Deny: https://agents.enact.example/enact/approvals/links/",
                        "  | billing.no-big-refunds: A refund above 500 needs a person.\n",
                        "Changes 3 rows: 2 rows of ledger, 1 row of refunds. Nobody knows how many rows of audit it changes.\n",
                        "It can be made good afterwards, and leaves a trace.\n",
                        "It takes one person of finance to approve it.\n",
                        "  | amount: 900\n",
                        "  | lines: [{\"sku\":\"a\"},{\"sku\":\"<b>\"}]\n",
                        "Ticket: " + message.request().id());
    }

    @Test
    void whatAModelWroteStandsBehindAMarkInEachLine() {
        List<String> lines = ApprovalText.body(this.messages.hostile("ann@enact.example"))
                .lines()
                .toList();

        assertThat(lines).filteredOn(line -> line.startsWith("Approve:")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.startsWith("Bcc:")).isEmpty();
        assertThat(lines)
                .filteredOn(line -> line.contains("evil.example"))
                .allMatch(line ->
                        line.startsWith("  | ") || line.startsWith("Action: ") || line.startsWith("Asked by: "));
        assertThat(ApprovalText.body(this.messages.hostile("ann@enact.example")))
                .doesNotContain("\u202e");
    }

    @Test
    void aSubjectIsOneShortLine() {
        assertThat(ApprovalText.subject(this.messages.hostile("ann@enact.example")))
                .doesNotContain("\r", "\n", "\u202e")
                .hasSizeLessThan(160);
    }

    @Test
    void aMessageDoesNotTellItsLinksToALog() {
        assertThat(this.messages.to("ann@enact.example").toString()).doesNotContain("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agents.enact.example",
                "ftp://agents.enact.example",
                "https://user@agents.enact.example",
                "https://agents.enact.example?a=b",
                "https://agents.enact.example#a",
                "https:agents",
                "javascript:alert(1)"
            })
    void linksLeadToAnAddressOfTheApplicationAlone(String address) {
        ApprovalLinks links = new ApprovalLinks(new TestSeal(), Clock.systemUTC());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovalLinkAddress(links, URI.create(address), "/enact/approvals/links/"))
                .withMessageStartingWith("the address must begin with https");
    }

    @Test
    void noArgumentHidesBehindLongOnes() {
        Map<String, Object> args = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            args.put("note" + i, "please ".repeat(500));
        }
        args.put("recipient", "mallory@evil.example");
        AskedCall asked = this.samples.request("call").asked();
        ApprovalView view = new ApprovalView(this.samples.request(
                new AskedCall(
                        asked.runId(),
                        asked.actionId(),
                        asked.action(),
                        asked.requester(),
                        null,
                        Arguments.freeze(args),
                        asked.asks(),
                        null,
                        asked.reversibility()),
                "call"));

        assertThat(view.arguments())
                .hasSize(21)
                .contains(new ApprovalView.Line("recipient", "mallory@evil.example"))
                .first()
                .satisfies(note -> assertThat(note.value()).contains("more characters"));
    }
}
