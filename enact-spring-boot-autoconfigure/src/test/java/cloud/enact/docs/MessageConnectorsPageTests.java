package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactEmailAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.autoconfigure.EnactSlackAutoConfiguration;
import cloud.enact.doubles.slack.SlackDouble;
import cloud.enact.rollback.RollbackResult;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The examples of {@code docs/slack-connector.md} and {@code docs/email-connector.md} work as they stand. */
class MessageConnectorsPageTests {

    private static final String IMPORTS = """
            import cloud.enact.*;
            import cloud.enact.connector.email.EmailConnector;
            import cloud.enact.connector.slack.SlackConnector;
            import org.springframework.ai.tool.annotation.Tool;
            import org.springframework.beans.factory.annotation.Qualifier;
            import org.springframework.stereotype.Component;
            """;

    private static final Actor ANN = Actor.of("ann@enact.example");

    @TempDir
    Path directory;

    @Test
    void theToolOfThePageOnSlackAnnouncesAndIsTakenBack() throws Exception {
        try (SlackDouble slack = SlackDouble.start()
                .app(
                        "xoxb-1",
                        "UBOT",
                        "chat:write",
                        "channels:history",
                        "channels:read",
                        "reactions:write",
                        "reactions:read")
                .channel("C01", "deploys", "UBOT")) {
            Map<String, Object> before = slack.state();
            application("slack-connector.md", "Announcements")
                    .withConfiguration(AutoConfigurations.of(EnactSlackAutoConfiguration.class))
                    .withPropertyValues(
                            "SLACK_BOT_TOKEN=xoxb-1", "enact.slack.connectors.work.endpoint=" + slack.endpoint())
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Enact enact = context.getBean(Enact.class);

                        var outcome = enact.run("release.announce", ANN, Map.of("version", "1.2"));

                        assertThat(slack.texts("C01")).containsExactly("1.2 is out");
                        assertThat(enact.rollback(outcome.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                        assertThat(slack.state()).isEqualTo(before);
                    });
        }
    }

    @Test
    void theToolOfThePageOnMailSendsOnce() throws Exception {
        GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        server.start();
        try {
            application("email-connector.md", "Reminders")
                    .withConfiguration(
                            AutoConfigurations.of(MailSenderAutoConfiguration.class, EnactEmailAutoConfiguration.class))
                    .withPropertyValues(
                            "MAIL_HOST=127.0.0.1",
                            "spring.mail.port=" + server.getSmtp().getPort())
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Enact enact = context.getBean(Enact.class);
                        Map<String, Object> args = Map.of("address", "bob@customer.example", "invoice", 4711);

                        enact.run("invoice.remind", ANN, args);
                        enact.run("invoice.remind", ANN, args);

                        assertThat(server.getReceivedMessages()).hasSize(1);
                        assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Invoice 4711");
                    });
        } finally {
            server.stop();
        }
    }

    private ApplicationContextRunner application(String page, String bean) throws Exception {
        Class<?> type = compile(bean, Snippets.of(page, "java").get(0));
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withInitializer(Snippets.configuring(Snippets.of(page, "yaml").get(0)))
                .withInitializer(context -> context.setClassLoader(type.getClassLoader()))
                .withPropertyValues(
                        "ENACT_SECRET=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"))
                .withBean(bean, type);
    }

    private Class<?> compile(String name, String source) throws IOException, ClassNotFoundException {
        Files.writeString(this.directory.resolve(name + ".java"), IMPORTS + source);
        return PageCode.compile(this.directory, name);
    }
}
