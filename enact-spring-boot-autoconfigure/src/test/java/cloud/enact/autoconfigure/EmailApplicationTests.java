package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.connector.email.EmailConnector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Connectors for e-mail in an application that configures them. */
@ExtendWith(OutputCaptureExtension.class)
class EmailApplicationTests {

    private static final Actor ANN = Actor.of("ann@enact.example");

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.server.stop();
    }

    @Test
    void aMessageIsSentOnceEvenAfterARestart() {
        application().run(context -> {
            assertThat(context).hasNotFailed();
            remind(context.getBean(Enact.class));
            remind(context.getBean(Enact.class));
        });
        application().run(context -> {
            ActionResult again = remind(context.getBean(Enact.class));
            assertThat(again.passed()).isTrue();
        });

        assertThat(this.server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void twoApplicationsOnOneStoreSendOnce() {
        application()
                .run(one -> application().run(two -> {
                    assertThat(two).hasNotFailed();
                    remind(one.getBean(Enact.class));
                    remind(two.getBean(Enact.class));
                }));

        assertThat(this.server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aRollbackSaysThatNothingTakesAMessageBack() {
        application().run(context -> {
            Enact enact = context.getBean(Enact.class);

            RollbackReport report = enact.rollback(remind(enact).runId());

            assertThat(report.result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
            assertThat(report.steps().get(0).detail()).contains("The message was sent");
        });
    }

    @Test
    void operationsAreActionsThatPoliciesJudge() {
        application()
                .withPropertyValues("enact.policies[0].policy=email.no-repeat-emails")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);

                    assertThat(send(enact, "first").passed()).isTrue();
                    assertThat(send(enact, "second").passed()).isFalse();

                    assertThat(this.server.getReceivedMessages()).hasSize(1);
                });
    }

    @Test
    void instancesSendFromTheirOwnAddressWithTheirOwnSender() {
        application("connectors.sales.from=sales@enact.example", "connectors.sales.operations=send_email")
                .withPropertyValues(
                        "enact.email.connectors.sales.sender=mailSender", "enact.email.connectors.work.sender=second")
                .withUserConfiguration(SecondSender.class)
                .withBean(Clerk.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Enact.class).run("clerk.greet", ANN, Map.of());

                    assertThat(this.server.getReceivedMessages())
                            .singleElement()
                            .satisfies(
                                    message -> assertThat(message.getFrom()[0]).hasToString("sales@enact.example"));
                });
    }

    @Test
    void timeOutsAreSetWhereNoneAre(CapturedOutput output) {
        application().run(context -> {
            assertThat(((JavaMailSenderImpl) context.getBean(JavaMailSender.class)).getJavaMailProperties())
                    .containsEntry("mail.smtp.connectiontimeout", "10000")
                    .containsEntry("mail.smtp.timeout", "2000")
                    .containsEntry("mail.smtp.writetimeout", "10000");
            assertThat(output).contains("waited without limit", "spring.mail.properties");
        });
    }

    @Test
    void whatIsMissingStopsTheStart() {
        assertStops(application("connectors.work.from=nobody"), "An address is a plain one");
        assertStops(application("connectors.work.from="), "can't work");
        assertStops(application("connectors.work.operations=send_fax"), "has no such operation");
        assertStops(application("connectors.work.sender=none"), "enact.email.connectors.work.sender");
        assertStops(withoutSender(), "Set spring.mail.host to the mail server");
    }

    @Test
    void nothingIsAllowedByDefault() {
        application("connectors.work.operations=").run(context -> {
            assertThat(context.getBean(EmailConnector.class).operations()).isEmpty();
            assertThatThrownBy(() -> context.getBean(EmailConnector.class)
                            .sendEmail("ann@enact.example", "Hi", "there", "greeting-1"))
                    .hasMessageContaining("not allowed");
        });
    }

    private static ActionResult remind(Enact enact) {
        return send(enact, "invoice-1");
    }

    private static ActionResult send(Enact enact, String key) {
        return enact.run(
                "email.work.send_email",
                ANN,
                Map.of("to", "bob@enact.example", "subject", "Invoice", "text", "Please pay", "idempotency_key", key));
    }

    private ApplicationContextRunner application(String... settings) {
        return withoutSender(settings).withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class));
    }

    private ApplicationContextRunner withoutSender(String... settings) {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactEmailAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + this.server.getSmtp().getPort(),
                        "spring.mail.properties.[mail.smtp.timeout]=2000",
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.file=" + this.directory.resolve("enact.db"),
                        "enact.email.connectors.work.from=agent@enact.example",
                        "enact.email.connectors.work.operations=send_email");
        for (String setting : settings) {
            runner = runner.withPropertyValues("enact.email." + setting);
        }
        return runner;
    }

    private static void assertStops(ApplicationContextRunner application, String why) {
        application.run(context -> {
            assertThat(context).hasFailed();
            Throwable failure = context.getStartupFailure();
            while (failure != null && !(failure instanceof EnactStartupException)) {
                failure = failure.getCause();
            }
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            EnactStartupException.class,
                            startup -> assertThat(startup.getDescription() + " " + startup.getAction())
                                    .contains(why));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondSender {

        @Bean
        JavaMailSender mailSender(Environment environment) {
            JavaMailSenderImpl sender = new JavaMailSenderImpl();
            sender.setHost("127.0.0.1");
            sender.setPort(environment.getRequiredProperty("spring.mail.port", Integer.class));
            return sender;
        }

        @Bean
        JavaMailSender second() {
            return new JavaMailSenderImpl();
        }
    }

    static class Clerk {

        private final EmailConnector sales;

        Clerk(@Qualifier("email.sales") EmailConnector sales) {
            this.sales = sales;
        }

        @EnactAction("clerk.greet")
        public void greet() {
            this.sales.sendEmail("bob@enact.example", "Hello", "World", "greeting-bob");
        }
    }
}
