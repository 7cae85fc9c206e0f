package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.actuate.endpoint.VerificationHealthIndicator;
import cloud.enact.receipt.CheckpointState;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.VerificationListener;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.receipt.VerificationReport;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.VerificationWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that verifies its own receipts, and somebody who changes them behind its back. */
class BackgroundVerificationTests {

    @TempDir
    private Path folder;

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.receipts.file=" + this.folder.resolve("enact.db"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.verification.interval=0",
                        "enact.receipts.checkpoints.interval=10ms")
                .withPropertyValues(properties);
    }

    private static ActionResult turnOn(ApplicationContext context) {
        return context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
    }

    private static Health health(ApplicationContext context) {
        return context.getBean(VerificationHealthIndicator.class).health();
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("enact.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER IF EXISTS receipt_entry_no_update");
            statement.execute("DROP TRIGGER IF EXISTS receipt_entry_no_delete");
            statement.execute("DROP TRIGGER IF EXISTS receipt_checkpoint_no_delete");
            statement.execute(sql);
        }
    }

    @Test
    void whatWasRecordedVerifiesAndHealthSaysHowFar() {
        application().run(context -> {
            turnOn(context);
            assertThat(health(context).getStatus().getCode()).as("before").isEqualTo("UP");

            context.getBean(VerificationWatch.class).pass();

            assertThat(health(context).getStatus().getCode()).isEqualTo("UP");
            assertThat(health(context).getDetails()).containsKeys("passes", "entries", "last", "last_full", "exposure");
            assertThat(gauge(context, "problems")).isZero();
        });
    }

    private static double gauge(ApplicationContext context, String name) {
        return context.getBean(MeterRegistry.class)
                .get("enact.receipts.verification." + name)
                .gauge()
                .value();
    }

    @Test
    void tamperingTurnsHealthDownAndCallsGoOn() {
        application().run(context -> {
            turnOn(context);
            tamper("UPDATE receipt_entry SET entry = X'00' WHERE seq = 1");

            context.getBean(VerificationWatch.class).pass();

            assertThat(health(context).getStatus().getCode()).isEqualTo("DOWN");
            assertThat(health(context).getDetails().get("problem"))
                    .asString()
                    .contains("entry 1 of log ")
                    .contains("it can't be read");
            assertThat(gauge(context, "problems")).isPositive();
            assertThat(turnOn(context).passed()).isTrue();
        });
    }

    @Test
    void tamperingClosesTheGateWhereThatIsAskedForUntilItIsPutRight() {
        application("enact.receipts.verification.on-problem=block").run(context -> {
            VerificationWatch watch = context.getBean(VerificationWatch.class);
            turnOn(context);
            watch.pass();
            assertThat(turnOn(context).passed()).isTrue();
            tamper("UPDATE receipt_entry SET seq = 1000 WHERE seq = 1");

            watch.pass();

            ActionResult blocked = turnOn(context);
            assertThat(blocked.passed()).isFalse();
            assertThat(blocked.toString()).contains("The decision can't be recorded, so nothing may run");
            tamper("UPDATE receipt_entry SET seq = 1 WHERE seq = 1000");
            watch.pass();
            assertThat(turnOn(context).passed()).isTrue();
        });
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTailThatIsCutIsFoundByTheFile() {
        application().run(context -> {
            turnOn(context);
            turnOn(context);
            awaitCheckpoint(context);

            // whoever writes the store takes its own checkpoints along
            tamper("DELETE FROM receipt_entry WHERE seq > 2");
            tamper("DELETE FROM receipt_checkpoint");
            context.getBean(VerificationWatch.class).pass();

            assertThat(health(context).getStatus().getCode()).isEqualTo("DOWN");
            assertThat(context.getBean(VerificationWatch.class).status().last())
                    .isNotNull()
                    .satisfies(report -> assertThat(report.verification().problems())
                            .extracting(VerificationProblem::state)
                            .contains(VerificationState.CUT));
        });
    }

    /** Until every place that remembers has a checkpoint behind the third entry. */
    private static void awaitCheckpoint(ApplicationContext context) {
        CheckpointState checkpoints;
        do {
            checkpoints = context.getBean(ReceiptLog.class).state().checkpoints();
        } while (checkpoints == null
                || checkpoints.anchors().isEmpty()
                || checkpoints.anchors().stream().anyMatch(anchor -> anchor.size() < 3));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itRunsByItselfAndTellsWhoListens() {
        BlockingQueue<VerificationReport> heard = new ArrayBlockingQueue<>(1);
        VerificationListener listener = heard::offer;
        application("enact.receipts.verification.interval=10ms")
                .withBean(VerificationListener.class, () -> listener)
                .run(context -> {
                    turnOn(context);

                    assertThat(heard.poll(30, TimeUnit.SECONDS)).isNotNull();
                });
    }

    @Test
    void aRateOfNothingStopsTheApplication() {
        application("enact.receipts.verification.rate=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("can't be verified at a rate of 0"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    static class Lamp {

        @EnactAction("lamp.on")
        public void on() {}
    }
}
