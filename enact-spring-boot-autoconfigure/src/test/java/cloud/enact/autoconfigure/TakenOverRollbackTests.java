package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.OpenRun;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.postgres.OwnDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Nodes that want to roll the same run back. */
class TakenOverRollbackTests {

    @RegisterExtension
    private final OwnDatabase database = new OwnDatabase();

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    private final Street street = new Street();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        this.threads.shutdownNow();
    }

    private ApplicationContextRunner node(String name) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withBean(Street.class, () -> this.street)
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.file=" + this.folder.resolve(name).resolve("enact.db"))
                .withPropertyValues(this.database.receipts());
    }

    private static RunId lightBothLamps(Enact enact) {
        try (OpenRun run = enact.openRun("light the street")) {
            enact.run("lamp.on", Actor.of("a"), Map.of("name", "a"));
            return enact.run("lamp.on", Actor.of("a"), Map.of("name", "b")).runId();
        }
    }

    private Future<RollbackReport> rollBackUntilTheFirstLamp(Enact enact, RunId run) throws InterruptedException {
        Future<RollbackReport> report = this.threads.submit(() -> enact.rollback(run));
        assertThat(this.street.reached.await(1, TimeUnit.MINUTES)).isTrue();
        return report;
    }

    @Test
    void whatOneNodeRollsBackAnotherLeavesAlone() {
        node("first")
                .run(first -> node("second").run(second -> {
                    RunId run = lightBothLamps(first.getBean(Enact.class));
                    Future<RollbackReport> report = rollBackUntilTheFirstLamp(first.getBean(Enact.class), run);

                    RollbackReport refused = second.getBean(Enact.class).rollback(run);
                    this.street.goOn.countDown();

                    assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
                    assertThat(refused.message()).contains("being rolled back right now");
                    assertThat(report.get().result()).as("%s", report.get()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(this.street.switchedOff).containsExactly("b", "a");
                }));
    }

    @Test
    void aNodeWhoseRollbackWasTakenOverUndoesNoFurtherStep() {
        node("first")
                .run(first -> node("second").run(second -> {
                    RunId run = lightBothLamps(first.getBean(Enact.class));
                    Future<RollbackReport> late = rollBackUntilTheFirstLamp(first.getBean(Enact.class), run);
                    // as if it had been paused for longer than its lease
                    this.database.execute("UPDATE enact.undo_claim SET token = nextval('enact.undo_token'),"
                            + " expires_at = clock_timestamp() + interval '1 hour'");
                    this.street.goOn.countDown();

                    RollbackReport report = late.get();
                    assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
                    assertThat(report.steps())
                            .extracting(StepRestoration::restoration)
                            .containsExactly(Restoration.RESTORED, Restoration.FAILED);
                    assertThat(this.street.switchedOff).containsExactly("b");

                    this.database.execute("UPDATE enact.undo_claim SET expires_at = clock_timestamp()");
                    assertThat(second.getBean(Enact.class).rollback(run).result())
                            .isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(this.street.switchedOff).containsExactly("b", "a");
                }));
    }

    /** What nodes change in common. */
    static final class Street {

        private final List<String> switchedOff = new CopyOnWriteArrayList<>();

        private final CountDownLatch reached = new CountDownLatch(1);

        private final CountDownLatch goOn = new CountDownLatch(1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
    static class Application {

        @Bean
        Lamp lamp(Street street) {
            return new Lamp(street);
        }
    }

    static class Lamp {

        private final Street street;

        Lamp(Street street) {
            this.street = street;
        }

        @EnactAction(value = "lamp.on", undo = "off")
        public void on(String name) {}

        public void off(String name) throws InterruptedException {
            this.street.reached.countDown();
            assertThat(this.street.goOn.await(1, TimeUnit.MINUTES)).isTrue();
            this.street.switchedOff.add(name);
        }
    }
}
