package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Effort;
import cloud.enact.Enact;
import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.scenario.Shop;
import cloud.enact.scenario.Systems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Between any two steps of a run over several systems, or of its rollback, an application dies: the next one undoes
 * the run to the state before it, as if nothing had happened, and does nothing twice. In a quick build it dies at three
 * boundaries of each, with {@code -Pfaults} at every one.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SystemsCrashTests {

    /** Not a multiple of three: each step has a boundary before its intent, before its change, and after that. */
    private static final Map<String, Integer> QUICK_STEPS = Map.of(SystemsWorker.ACT, 13, SystemsWorker.UNDO, 25);

    /** So many kills meet each of the three. */
    private static final int QUICK_KILLS = 3;

    private static final int NEVER = -1;

    @TempDir
    Path folder;

    private Systems systems;

    @BeforeEach
    void start() {
        this.systems = Systems.start(this.folder);
    }

    @AfterEach
    void stop() {
        this.systems.close();
    }

    @Test
    void anApplicationThatDiesBetweenTwoStepsOfARollback() throws Exception {
        dieAtBoundaries(SystemsWorker.UNDO);
    }

    @Test
    void anApplicationThatDiesBetweenTwoStepsOfARun() throws Exception {
        dieAtBoundaries(SystemsWorker.ACT);
    }

    private void dieAtBoundaries(String when) throws Exception {
        Map<String, Object> before = this.systems.state(false);
        int step = Effort.of(QUICK_STEPS.get(when), 1);
        int most = Effort.of(QUICK_KILLS, Integer.MAX_VALUE);
        int killed = 0;
        while (killed < most && dieAt(when, killed * step, before)) {
            killed++;
        }
        assertThat(killed).isGreaterThanOrEqualTo(QUICK_KILLS);
        System.out.println("Killed in the middle of " + when + " " + killed + " times, at boundaries up to "
                + ((killed - 1) * step) + ", and all systems were as before");
    }

    @Test
    void anApplicationThatDoesNotDie() throws Exception {
        assertThat(dieAt(SystemsWorker.UNDO, NEVER, this.systems.state(false))).isFalse();
    }

    /** Whether it died; it doesn't when there are fewer boundaries. */
    private boolean dieAt(String when, int boundary, Map<String, Object> before) throws Exception {
        List<String> args = new ArrayList<>(List.of(when, Integer.toString(boundary)));
        args.addAll(this.systems.settings());
        Child child = Child.start(this.systems.folder(), SystemsWorker.class, args.toArray(String[]::new));
        int exit = child.end();
        Report last = child.reports().get(child.reports().size() - 1);
        if (exit == 0) {
            assertThat(last.word()).isEqualTo(Report.UNDONE);
            assertThat(last.values()).endsWith(RollbackResult.ROLLED_BACK.name());
            assertThat(this.systems.state(false)).isEqualTo(before);
            return false;
        }
        assertThat(exit).isEqualTo(FaultyBeans.HALTED);
        assertThat(last.word()).isEqualTo(Report.TRY);
        RunId runId = RunId.parse(last.values().get(0));
        try (ConfigurableApplicationContext context = Shop.start(this.systems.settings())) {
            Enact enact = context.getBean(Enact.class);
            RollbackReport report = enact.rollback(RollbackRequest.of(runId, Worker.ACTOR, "after a crash"));
            assertThat(report.result())
                    .as("%s at boundary %s: %s", when, boundary, report)
                    .isIn(RollbackResult.ROLLED_BACK, RollbackResult.NOTHING_TO_UNDO);
            assertThat(this.systems.state(false))
                    .as("%s at boundary %s: %s", when, boundary, report)
                    .isEqualTo(before);
            assertThat(enact.rollback(RollbackRequest.of(runId, Worker.ACTOR, "again"))
                            .repeated())
                    .isTrue();
        }
        return true;
    }
}
