package cloud.enact.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** One run over several systems, undone in one call. */
class RollbackAcrossSystemsTests {

    static final Actor ACTOR = Actor.of("agent@example.org");

    @TempDir
    Path folder;

    private Systems systems;

    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() {
        this.systems = Systems.start(this.folder);
        this.context = Shop.start(this.systems.settings());
    }

    @AfterEach
    void stop() {
        this.context.close();
        this.systems.close();
    }

    @Test
    void oneCallUndoesARunOnAllSystemsToTheBit() {
        Enact enact = this.context.getBean(Enact.class);
        Map<String, Object> before = this.systems.state(true);
        ActionResult run = enact.run("shop.raise_prices", ACTOR, Map.of());
        assertThat(run.passed()).as(run.toString()).isTrue();
        Map<String, Object> after = this.systems.state(true);
        assertThat(after.get("files")).isNotEqualTo(before.get("files"));
        assertThat(after.get("rows")).isNotEqualTo(before.get("rows"));

        RollbackReport report = enact.rollback(run.runId());

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }
}
