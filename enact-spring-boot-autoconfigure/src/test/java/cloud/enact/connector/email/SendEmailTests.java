package cloud.enact.connector.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.UndoRecord;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SendEmailTests {

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    private final IdempotencyKeys keys = IdempotencyKeys.inMemory();

    private RecordingSteps steps;

    private EmailConnector connector;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        this.server.start();
        this.steps = new RecordingSteps(BlobStore.inDirectory(temp));
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(this.server.getSmtp().getPort());
        this.connector = EmailConnector.sender(sender, this.keys)
                .from("agent@enact.example")
                .operations(Set.of("send_email"))
                .build(this.steps);
    }

    @AfterEach
    void stop() {
        this.server.stop();
    }

    @Test
    void aMessageArrivesAsItWasAskedFor() throws Exception {
        StepResult sent = this.steps.perform(this.connector.prepare(
                "send_email",
                Map.of(
                        "to", List.of("ann@enact.example", "bob@enact.example"),
                        "cc", "carl@enact.example",
                        "bcc", "dora@enact.example",
                        "subject", "Grüße",
                        "text", "Zeile\n.\nnoch eine: <b>&",
                        "idempotency_key", "greeting-1")));

        MimeMessage[] received = this.server.getReceivedMessages();
        assertThat(received).hasSize(4);
        MimeMessage message = received[0];
        assertThat(message.getFrom()[0]).hasToString("agent@enact.example");
        assertThat(message.getSubject()).isEqualTo("Grüße");
        assertThat(String.valueOf(message.getContent()).replace("\r\n", "\n")).isEqualTo("Zeile\n.\nnoch eine: <b>&");
        assertThat(message.getContentType()).startsWith("text/plain");
        assertThat(message.getMessageID()).isEqualTo("<" + sent.output().get("message_id") + ">");
        assertThat(GreenMailUtil.getHeaders(message))
                .contains("ann@enact.example", "bob@enact.example", "carl@enact.example")
                .doesNotContain("dora@enact.example");
    }

    @Test
    void whatWasSentUnderAKeyIsNotSentAgain() {
        StepResult first = send("invoice-1");

        StepResult second = send("invoice-1");

        assertThat(second.alreadyDone()).isEqualTo("sent");
        assertThat(second.output()).isEqualTo(first.output());
        assertThat(this.server.getReceivedMessages()).hasSize(1);
        assertThat(this.steps.records()).hasSize(1);
    }

    @Test
    void anotherMessageUnderTheSameKeyIsRefused() {
        send("invoice-1");

        assertThatThrownBy(() -> this.connector.sendEmail("bob@enact.example", "Invoice", "Please pay", "invoice-1"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("Another message was sent under this idempotency_key");

        assertThat(this.server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void ofManyThatSendUnderOneKeyOneDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            CyclicBarrier together = new CyclicBarrier(6);
            List<Callable<Boolean>> senders = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                senders.add(() -> {
                    together.await();
                    try {
                        return send("invoice-1").alreadyDone() == null;
                    } catch (ConnectorException ex) {
                        assertThat(ex).hasMessageContaining("is being sent under this idempotency_key");
                        return false;
                    }
                });
            }
            int sent = 0;
            for (Future<Boolean> sender : threads.invokeAll(senders)) {
                sent += sender.get() ? 1 : 0;
            }

            assertThat(sent).isEqualTo(1);
            assertThat(this.server.getReceivedMessages()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anotherInstanceHasKeysOfItsOwn() {
        send("invoice-1");
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(this.server.getSmtp().getPort());
        EmailConnector other = EmailConnector.sender(sender, this.keys)
                .name("email.other")
                .from("agent@enact.example")
                .operations(Set.of("send_email"))
                .build(this.steps);

        other.sendEmail("ann@enact.example", "Invoice", "Please pay", "invoice-1");

        assertThat(this.server.getReceivedMessages()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi\r\nBcc: eve@enact.example",
                "Hi\nBcc: eve@enact.example",
                "Hi\rBcc: eve@enact.example",
                "Hi\u2028there",
                "Hi\u0085there",
                "Hi\u202eereht",
                "Hi\ud800",
                "Hi\0",
                "",
                " "
            })
    void aSubjectIsOneLine(String subject) {
        assertRefused("subject", subject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@enact.example\r\nRCPT TO:<eve@enact.example>",
                "ann@enact.example\n",
                "ann@enact.example,eve@enact.example",
                "ann@enact.example eve@enact.example",
                "Ann <ann@enact.example>",
                "<ann@enact.example>",
                "\"ann@enact.example\"@eve.example",
                "@eve.example:ann@enact.example",
                "ann@enact.example (eve)",
                "ann@[127.0.0.1]",
                "ann@enact..example",
                ".ann@enact.example",
                "ann@",
                "ann",
                "ann@en@act.example",
                "änn@enact.example",
                "ann@enact.examplе"
            })
    void anAddressIsAPlainOne(String address) {
        assertRefused("to", address);
        assertRefused("cc", List.of("ann@enact.example", address));
        assertRefused("bcc", address);
    }

    @Test
    void whatIsMissingOrTooMuchIsRefused() {
        assertRefused("to", List.of());
        assertRefused("to", null);
        assertRefused("to", Map.of("address", "ann@enact.example"));
        assertRefused("text", "x".repeat(200_001));
        assertRefused("text", "a\0b");
        assertRefused("subject", "x".repeat(251));
        assertRefused("idempotency_key", "");
        assertRefused("idempotency_key", null);
        assertRefused("idempotency_key", "has space");
        assertRefused("attachment", "x");
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            many.add("a" + i + "@enact.example");
        }
        assertRefused("to", many);
    }

    @Test
    void onlyAllowedRecipientsGetMessages() {
        EmailConnector inside = EmailConnector.sender(new JavaMailSenderImpl(), this.keys)
                .from("agent@enact.example")
                .operations(Set.of("send_email"))
                .recipients(Set.of("*@enact.example"))
                .build(this.steps);

        assertThat(inside.prepare("send_email", args("to", "ANN@Enact.Example")))
                .isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> inside.prepare("send_email", args("to", "ann@enact.example.eve.example")))
                .withMessageContaining("recipient is not allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> inside.prepare("send_email", args("bcc", "eve@eve.example")));
    }

    @Test
    void whoIsWrittenToTwiceGetsOneMessage() {
        this.steps.perform(
                this.connector.prepare("send_email", args("to", List.of("ann@enact.example", "Ann@enact.example"))));

        assertThat(this.server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void nothingTakesAMessageBack() {
        send("invoice-1");

        assertThat(this.steps.undoAll(this.connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.IRREVERSIBLE);
        assertThat(this.connector
                        .undo()
                        .undo(this.steps.records().get(0), false)
                        .detail())
                .contains("The message was sent");
    }

    @Test
    void theUndoLogKeepsNoText() {
        send("invoice-1");

        UndoRecord record = this.steps.records().get(0);
        assertThat(record.toString()).doesNotContain("Please pay");
    }

    private StepResult send(String key) {
        return this.connector.sendEmail("ann@enact.example", "Invoice", "Please pay", key);
    }

    private void assertRefused(String name, @Nullable Object value) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.prepare("send_email", args(name, value)));
        assertThat(this.server.getReceivedMessages()).isEmpty();
    }

    private static Map<String, @Nullable Object> args(String name, @Nullable Object value) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        args.put("to", "ann@enact.example");
        args.put("subject", "Invoice");
        args.put("text", "Please pay");
        args.put("idempotency_key", "invoice-1");
        args.put(name, value);
        return args;
    }
}
