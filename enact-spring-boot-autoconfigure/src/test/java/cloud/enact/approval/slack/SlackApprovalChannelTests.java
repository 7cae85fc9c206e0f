package cloud.enact.approval.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cloud.enact.approval.ApprovalMessage;
import cloud.enact.approval.SampleMessages;
import cloud.enact.doubles.slack.SlackDouble;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackApprovalChannelTests {

    private static final String TOKEN = "xoxb-approvals";

    private final SlackDouble slack = SlackDouble.start();

    private final SampleMessages messages = new SampleMessages();

    private SlackApprovalChannel channel;

    @BeforeEach
    void open() {
        this.slack.app(TOKEN, "U0BOT", "chat:write").channel("C0APPROVALS", "approvals", "U0BOT", "U0ANN");
        this.channel =
                new SlackApprovalChannel(this.slack.endpoint(), TOKEN, List.of("C0APPROVALS"), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() throws Exception {
        this.channel.close();
        this.slack.close();
    }

    @Test
    void theChannelGetsAMessageWithLinks() throws Exception {
        ApprovalMessage message = this.messages.to("C0APPROVALS");

        this.channel.send(message);

        assertThat(this.channel.approvers(message.request())).containsExactly("C0APPROVALS");
        assertThat(this.slack.texts("C0APPROVALS"))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("Action: billing.refund", "Approve: <" + message.approve() + ">")
                        .contains("Deny: <" + message.deny() + ">"));
    }

    @Test
    void nothingAModelWritesCallsAnybodyOrLinksAnywhere() throws Exception {
        this.channel.send(this.messages.hostile("C0APPROVALS"));

        assertThat(this.slack.texts("C0APPROVALS"))
                .singleElement()
                .satisfies(
                        text -> assertThat(text).contains("&lt;!channel&gt;").doesNotContain("<!channel>", "|Deny>"));
    }

    @Test
    void whatSlackDoesNotTakeIsAFailureWithoutSecrets() {
        this.slack.revoke(TOKEN);

        assertThatIOException()
                .isThrownBy(() -> this.channel.send(this.messages.to("C0APPROVALS")))
                .withMessageContaining("invalid_auth")
                .withMessageNotContainingAny(TOKEN, "links");
    }

    @Test
    void aSlackThatIsDownIsAFailureWithoutSecrets() {
        this.slack.down(true);

        assertThatIOException()
                .isThrownBy(() -> this.channel.send(this.messages.to("C0APPROVALS")))
                .withMessageNotContainingAny(TOKEN, "links");
    }
}
