package cloud.enact.connector.email;

import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.StepExecutor;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailConnectorContractTests extends ConnectorContract {

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    private final IdempotencyKeys keys = IdempotencyKeys.inMemory();

    @TempDir
    Path temp;

    @BeforeEach
    void start() {
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.server.stop();
    }

    @Override
    protected Connector connector(Set<String> allowed, StepExecutor steps) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(this.server.getSmtp().getPort());
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
        return this.server.getReceivedMessages().length;
    }
}
