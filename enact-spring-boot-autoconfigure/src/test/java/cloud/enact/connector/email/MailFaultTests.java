package cloud.enact.connector.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What a mail server may do wrong, and what is known then. */
class MailFaultTests {

    private final IdempotencyKeys keys = IdempotencyKeys.inMemory();

    private BrokenMailServer server;

    private RecordingSteps steps;

    private EmailConnector connector;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        this.server = new BrokenMailServer();
        this.steps = new RecordingSteps(BlobStore.inDirectory(temp));
        this.connector = connector(this.server.sender());
    }

    @AfterEach
    void stop() throws IOException {
        this.server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "MAIL", "RCPT", "DATA"})
    void whatBreaksBeforeTheTextIsCertainAndCanBeTriedAgain(String command) {
        this.server.breaksAt(command);
        assertThatThrownBy(this::send).isInstanceOf(ConnectorException.class).hasMessageContaining("Nothing was sent");
        assertUndone(Restoration.ALREADY_RESTORED, "No message was sent");

        this.server.heal();

        assertThat(send().alreadyDone()).isNull();
        assertThat(this.server.taken()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"MAIL,451 4.3.0 later", "RCPT,550 5.1.1 nobody", "DATA,452 full", ".,554 5.7.1 spam"})
    void whatTheServerRefusesIsCertainAndTellsItsCode(String command, String reply) {
        this.server.refuses(command, reply + " hunter2-secret");

        assertThatThrownBy(this::send)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(reply.substring(0, 3))
                .hasMessageContaining("Nothing was sent")
                .hasMessageNotContaining("hunter2");

        this.server.heal();
        send();
        assertThat(this.server.taken()).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostAfterTheTextLeavesDoubtAndNothingIsSentAgain() {
        this.server.breaksAt(".");
        assertThatThrownBy(this::send)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("Whether the message was sent is not known")
                .hasMessageContaining("Message-ID");
        assertUndone(Restoration.IRREVERSIBLE, "may have been sent");

        this.server.heal();

        assertThatThrownBy(this::send)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("its outcome is not known");
        assertThat(this.server.taken()).hasSize(1);
    }

    @Test
    void aServerThatNeverAnswersToTheTextLeavesDoubtAfterTheTimeOut() {
        this.server.breaksAt(".").silently();

        assertThatThrownBy(this::send).hasMessageContaining("Whether the message was sent is not known");
    }

    @Test
    void aServerThatNeverAnswersBeforeTheTextIsCertainAfterTheTimeOut() {
        this.server.breaksAt("RCPT").silently();

        assertThatThrownBy(this::send).hasMessageContaining("Nothing was sent");
    }

    @Test
    void whenOnlyThePartingFailsTheMessageWasSent() {
        this.server.breaksAt("QUIT");

        StepResult sent = send();

        assertThat(sent.alreadyDone()).isNull();
        assertThat(this.server.taken()).hasSize(1);
        assertThat(send().alreadyDone()).isEqualTo("sent");
    }

    @Test
    void oneRecipientWhoIsRefusedStopsTheMessageForAll() {
        this.server.refuses("RCPT TO:<bob@", "550 5.1.1 nobody");

        assertThatThrownBy(this::sendToTwo)
                .hasMessageContaining("550 5.1.1")
                .hasMessageContaining("It takes none for bob@enact.example")
                .hasMessageContaining("Nothing was sent");

        assertThat(this.server.taken()).isEmpty();
    }

    @Test
    void whoDidNotGetAMessageThatOthersGotIsTold() {
        JavaMailSenderImpl sender = this.server.sender();
        sender.getJavaMailProperties().setProperty("mail.smtp.sendpartial", "true");
        this.connector = connector(sender);
        this.server.refuses("RCPT TO:<bob@", "550 5.1.1 nobody");

        StepResult sent = sendToTwo();

        assertThat(sent.output().get("not_accepted_for")).isEqualTo(List.of("bob@enact.example"));
        assertThat(this.server.taken()).hasSize(1);
        assertThat(sendToTwo().alreadyDone()).isEqualTo("sent");
    }

    @Test
    void anAnswerThatIsLostLeavesDoubtThoughARecipientWasRefusedBefore() {
        JavaMailSenderImpl sender = this.server.sender();
        sender.getJavaMailProperties().setProperty("mail.smtp.sendpartial", "true");
        this.connector = connector(sender);
        this.server.refuses("RCPT TO:<bob@", "550 5.1.1 nobody").breaksAt(".");

        assertThatThrownBy(this::sendToTwo).hasMessageContaining("Whether the message was sent is not known");

        this.server.heal();
        assertThatThrownBy(this::sendToTwo).hasMessageContaining("its outcome is not known");
        assertThat(this.server.taken()).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsSaidToBeSo() throws IOException {
        this.server.close();

        assertThatThrownBy(this::send)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("can't be reached")
                .hasMessageContaining("Nothing was sent");
    }

    @Test
    void aProcessThatDiesBeforeItSendsHasSentNothing() {
        this.steps.dieBefore(RecordingSteps.Moment.APPLY);
        assertThatThrownBy(this::send).isInstanceOf(RecordingSteps.Died.class);

        assertUndone(Restoration.ALREADY_RESTORED, "never handed to the mail server");
        assertThat(send().alreadyDone()).isNull();
    }

    @Test
    void aProcessThatDiesAfterItSentHasSent() {
        this.steps.dieBefore(RecordingSteps.Moment.END);
        assertThatThrownBy(this::send).isInstanceOf(RecordingSteps.Died.class);

        assertUndone(Restoration.IRREVERSIBLE, "The message was sent");
        assertThat(send().alreadyDone()).isEqualTo("sent");
        assertThat(this.server.taken()).hasSize(1);
    }

    private void assertUndone(Restoration restoration, String detail) {
        List<StepRestoration> undone = this.steps.undoAll(this.connector.undo());
        assertThat(undone.get(0).restoration()).isEqualTo(restoration);
        assertThat(undone.get(0).detail()).contains(detail);
    }

    private StepResult send() {
        return this.connector.sendEmail("ann@enact.example", "Invoice", "Please pay", "invoice-1");
    }

    private StepResult sendToTwo() {
        return this.steps.perform(this.connector.prepare(
                "send_email",
                Map.of(
                        "to", List.of("ann@enact.example", "bob@enact.example"),
                        "subject", "Invoice",
                        "text", "Please pay",
                        "idempotency_key", "invoice-1")));
    }

    private EmailConnector connector(JavaMailSenderImpl sender) {
        return EmailConnector.sender(sender, this.keys)
                .from("agent@enact.example")
                .operations(Set.of("send_email"))
                .build(this.steps);
    }
}
