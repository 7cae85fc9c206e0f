package cloud.enact.approval.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.approval.ApprovalMessage;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalText;
import cloud.enact.approval.SampleMessages;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

@ExtendWith(OutputCaptureExtension.class)
class EmailApprovalChannelTests {

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

    private final SampleMessages messages = new SampleMessages();

    @BeforeEach
    void start() {
        this.server.start();
        this.sender.setHost("127.0.0.1");
        this.sender.setPort(this.server.getSmtp().getPort());
    }

    @AfterEach
    void stop() {
        this.server.stop();
    }

    private EmailApprovalChannel channel() {
        return new EmailApprovalChannel(this.sender, "agents@enact.example", List.of("ann@enact.example"));
    }

    @Test
    void thePersonGetsAMessageWithBothLinksAndWhatWillHappen() throws Exception {
        ApprovalMessage message = this.messages.to("ann@enact.example");

        channel().send(message);

        MimeMessage[] received = this.server.getReceivedMessages();
        assertThat(received).hasSize(1);
        MimeMessage mail = received[0];
        assertThat(mail.getFrom()[0]).hasToString("agents@enact.example");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("ann@enact.example");
        assertThat(mail.getSubject()).isEqualTo("Approval wanted: billing.refund");
        assertThat(mail.getContentType()).startsWith("text/plain");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(String.valueOf(mail.getContent()).replace("\r\n", "\n").strip())
                .isEqualTo(ApprovalText.body(message).strip())
                .contains(String.valueOf(message.approve()), String.valueOf(message.deny()));
    }

    @Test
    void whoeverARequestNamesIsToldToo() {
        assertThat(channel().approvers(this.messages.to("ann@enact.example").request()))
                .containsExactly("ann@enact.example", "duty@enact.example");
    }

    @Test
    void nothingAModelWritesBecomesAHeader() throws Exception {
        channel().send(this.messages.hostile("ann@enact.example"));

        MimeMessage mail = this.server.getReceivedMessages()[0];
        assertThat(this.server.getReceivedMessages()).hasSize(1);
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(GreenMailUtil.getHeaders(mail).lines()).noneMatch(line -> line.startsWith("Bcc"));
    }

    @Test
    void aServerThatIsDownIsAnException() {
        this.server.stop();

        assertThatExceptionOfType(MailException.class)
                .isThrownBy(() -> channel().send(this.messages.to("ann@enact.example")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "Ann <ann@enact.example>",
                "ann@enact.example, eve@evil.example",
                "ann@enact.example\nBcc: eve@evil.example",
                "ann@enact.example\r\n",
                " ann@enact.example",
                "änn@enact.example"
            })
    void onlyPlainAddressesAreTold(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailApprovalChannel(this.sender, "agents@enact.example", List.of(address)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailApprovalChannel(this.sender, address, List.of("ann@enact.example")));
    }

    @Test
    void whomACallNamesIsToldAsWell() {
        ApprovalRequest request = this.messages.to("ann@enact.example").request();

        assertThat(request.terms().people()).containsExactly("duty@enact.example");
        assertThat(channel().approvers(request)).containsExactly("ann@enact.example", "duty@enact.example");
    }

    @Test
    void aDryRunPrintsTheLinksAndSendsNothing(CapturedOutput output) {
        ApprovalMessage message = this.messages.to("ann@enact.example");

        new LoggedApprovalChannel(List.of("ann@enact.example")).send(message);

        assertThat(output).contains("An e-mail is not sent", "To: ann@enact.example", "Approve: " + message.approve());
        assertThat(this.server.getReceivedMessages()).isEmpty();
    }
}
