package cloud.enact.connector.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailConnectorContractTests extends ConnectorContract {

    private static final String PASSWORD = "correct-horse-battery";

    private final IdempotencyKeys keys = IdempotencyKeys.inMemory();

    private BrokenMailServer server;

    @TempDir
    Path temp;

    @BeforeEach
    void start() throws IOException {
        this.server = new BrokenMailServer();
    }

    @AfterEach
    void stop() throws IOException {
        this.server.close();
    }

    @Override
    protected Connector connector(Set<String> allowed, StepExecutor steps) {
        JavaMailSenderImpl sender = this.server.sender();
        sender.setUsername("agent");
        sender.setPassword(PASSWORD);
        sender.getJavaMailProperties().setProperty("mail.smtp.auth", "true");
        return EmailConnector.sender(sender, this.keys)
                .from("agent@enact.example")
                .operations(allowed)
                .build(steps);
    }

    @Override
    protected BlobStore blobs() {
        try {
            return BlobStore.inDirectory(this.temp);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    protected String operation() {
        return "send_email";
    }

    @Override
    protected Map<String, @Nullable Object> args() {
        return Map.of("to", "ann@enact.example", "subject", "Hello", "text", "World", "idempotency_key", "hello-1");
    }

    @Override
    protected Object state() {
        return List.copyOf(this.server.taken());
    }

    @Override
    protected void loseNextAnswer() {
        this.server.breaksAt(".");
    }

    @Override
    protected StepProbe.Finding foundAfterLostAnswer() {
        // a mail server can't be asked what it took
        return StepProbe.Finding.UNKNOWN;
    }

    @Override
    protected void loseNextRequest() {
        this.server.breaksAt("RCPT");
    }

    @Override
    protected Set<String> secrets() {
        // and as it goes over the line
        return Set.of(PASSWORD, Base64.getEncoder().encodeToString(("\0agent\0" + PASSWORD).getBytes(UTF_8)));
    }
}
