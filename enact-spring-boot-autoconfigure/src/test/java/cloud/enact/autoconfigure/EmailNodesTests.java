package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.jdbc.JdbcIdempotencyKeys;
import cloud.enact.undo.postgres.OwnDatabase;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Several nodes that send e-mail and keep their receipts in one PostgreSQL. */
class EmailNodesTests {

    @RegisterExtension
    private final OwnDatabase database = new OwnDatabase();

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.server.stop();
    }

    private ApplicationContextRunner node(String name) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Office.class)
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.file=" + this.folder.resolve(name).resolve("enact.db"),
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + this.server.getSmtp().getPort(),
                        "enact.email.connectors.work.from=agent@enact.example",
                        "enact.email.connectors.work.operations=send_email")
                .withPropertyValues(this.database.receipts());
    }

    private static void remind(Enact enact) {
        Map<String, Object> message = Map.of(
                "to", "bob@enact.example", "subject", "Invoice", "text", "Please pay", "idempotency_key", "invoice-1");
        assertThat(enact.run("email.work.send_email", Actor.of("ann"), message).passed())
                .isTrue();
    }

    @Test
    void aMessageIsSentOnceWhateverNodeIsAsked() {
        node("first")
                .run(first -> node("second").run(second -> {
                    assertThat(second).hasNotFailed();
                    assertThat(second.getBean(IdempotencyKeys.class)).isInstanceOf(JdbcIdempotencyKeys.class);
                    remind(first.getBean(Enact.class));
                    remind(second.getBean(Enact.class));
                    remind(first.getBean(Enact.class));
                }));

        assertThat(this.server.getReceivedMessages()).hasSize(1);
        assertThat(this.folder.resolve("first").resolve("enact.db")).doesNotExist();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
    static class Office {}
}
