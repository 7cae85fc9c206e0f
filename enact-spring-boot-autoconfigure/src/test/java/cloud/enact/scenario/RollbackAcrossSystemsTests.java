package cloud.enact.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** One run over several systems, undone in one call. The systems stay, as systems do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollbackAcrossSystemsTests {

    static final Actor ACTOR = Actor.of("agent@example.org");

    private Systems systems;

    private final Boundaries boundaries = new Boundaries();

    private ConfigurableApplicationContext context;

    private Enact enact;

    @BeforeAll
    void start(@TempDir Path folder) {
        this.systems = Systems.start(folder);
        this.context = Shop.start(
                this.systems.settings(), context -> context.getBeanFactory().addBeanPostProcessor(this.boundaries));
        this.enact = this.context.getBean(Enact.class);
    }

    @AfterAll
    void stop() {
        this.context.close();
        this.systems.close();
    }

    @AfterEach
    void nothingHappensAnyMore() {
        this.boundaries.at(number -> {});
        this.systems.slack().down(false);
    }

    @Test
    void oneCallUndoesARunOnAllSystemsToTheBit() {
        Map<String, Object> before = this.systems.state(true);
        ActionResult run = this.enact.run("shop.raise_prices", ACTOR, Map.of());
        assertThat(run.passed()).as(run.toString()).isTrue();
        Map<String, Object> after = this.systems.state(true);
        assertThat(after.keySet())
                .containsExactly("files", "github", "rows", "slack")
                .allSatisfy(system -> assertThat(after.get(system)).isNotEqualTo(before.get(system)));

        RollbackReport report = this.enact.rollback(run.runId());

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }

    @Test
    void whatIsAwayInTheMiddleOfARollbackIsUndoneLater() {
        Map<String, Object> before = this.systems.state(true);
        ActionResult run = this.enact.run("shop.raise_prices", ACTOR, Map.of());
        this.boundaries.at(number -> this.systems.slack().down(true));

        RollbackReport partial = this.enact.rollback(run.runId());

        assertThat(partial.result()).as(partial.toString()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(partial.steps())
                .filteredOn(step -> step.restoration() == Restoration.FAILED)
                .extracting(StepRestoration::action)
                .containsExactly("slack.post_message");
        this.systems.slack().down(false);
        assertThat(this.systems.state(false).get("slack")).isNotEqualTo(before.get("slack"));
        nothingHappensAnyMore();
        RollbackReport rest = this.enact.rollback(run.runId());
        assertThat(rest.result()).as(rest.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }

    @Test
    void whatIsAwayBeforeARollbackIsUndoneLater() {
        Map<String, Object> before = this.systems.state(true);
        ActionResult run = this.enact.run("shop.raise_prices", ACTOR, Map.of());
        this.systems.slack().down(true);

        RollbackReport first = this.enact.rollback(run.runId());

        assertThat(first.result()).as(first.toString()).isEqualTo(RollbackResult.PARTIAL);
        this.systems.slack().down(false);
        RollbackReport rest = this.enact.rollback(run.runId());
        assertThat(rest.result()).as(rest.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }

    @Test
    void ofTwoRollbacksAtOnceOneWorksAndTheOtherIsToldSo() throws Exception {
        Map<String, Object> before = this.systems.state(true);
        ActionResult run = this.enact.run("shop.raise_prices", ACTOR, Map.of());
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        this.boundaries.at(number -> {
            if (number == 4) {
                inTheMiddle.countDown();
                await(goOn);
            }
        });
        CompletableFuture<RollbackReport> first = CompletableFuture.supplyAsync(() -> this.enact.rollback(run.runId()));
        await(inTheMiddle);

        RollbackReport second = this.enact.rollback(run.runId());

        goOn.countDown();
        assertThat(second.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(second.message()).contains("being rolled back right now");
        assertThat(first.get(1, TimeUnit.MINUTES).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }

    @Test
    void laterWorkOnOneSystemLeavesAllOfThemUntouched() throws Exception {
        ActionResult run = this.enact.run("shop.raise_prices", ACTOR, Map.of());
        this.systems.sql("UPDATE price SET item = 'by hand' WHERE id = 2");
        Map<String, Object> found = this.systems.state(true);

        RollbackReport report = this.enact.rollback(run.runId());

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.systems.state(true)).isEqualTo(found);
        this.systems.sql("UPDATE price SET item = 'item 2' WHERE id = 2");
        assertThat(this.enact.rollback(run.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
