package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an undo method took back can be done again where it brings back any state that was captured. */
class MethodRedoTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Desk.class);
    }

    private static RunId runOf(ApplicationContext context, String action) {
        return GateHarness.receipts(context, action).get(0).runId();
    }

    private static RollbackReport rollback(ApplicationContext context, RunId run) {
        return GateHarness.enact(context).rollback(run);
    }

    private static RunId id(RollbackReport report) {
        return Objects.requireNonNull(report.rollbackRunId());
    }

    @Test
    void anUndoMethodThatTakesACapturedStateBringsTheLaterOneBack() {
        application().run(context -> {
            Names names = context.getBean(Names.class);
            names.rename("a", "agent's");
            RunId newest = runOf(context, "names.rename");

            for (int depth = 1; depth <= 4; depth++) {
                RollbackReport report = rollback(context, newest);
                assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
                assertThat(names.all()).containsEntry("a", (depth % 2 == 1) ? "old" : "agent's");
                newest = id(report);
            }
            assertThat(rollback(context, runOf(context, "names.rename")).repeated())
                    .isFalse();
            assertThat(names.all()).containsEntry("a", "old");
        });
    }

    @Test
    void whatWasRenamedSinceIsNotRenamedAgain() {
        application().run(context -> {
            Names names = context.getBean(Names.class);
            names.rename("a", "agent's");
            RunId undone = id(rollback(context, runOf(context, "names.rename")));
            names.all().put("a", "person's");

            assertThat(rollback(context, undone).result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(names.all()).containsEntry("a", "person's");
        });
    }

    @Test
    void anUndoMethodThatKnowsItsOwnActionOnlyIsNoWayForward() {
        application().run(context -> {
            Names names = context.getBean(Names.class);
            String added = names.add("new");
            RollbackReport undone = rollback(context, runOf(context, "names.add"));
            assertThat(undone.result()).isEqualTo(RollbackResult.ROLLED_BACK);

            RollbackReport redone = rollback(context, id(undone));

            assertThat(redone.result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
            assertThat(redone.steps())
                    .extracting(StepRestoration::restoration)
                    .containsExactly(Restoration.IRREVERSIBLE);
            assertThat(names.all()).doesNotContainKey(added);
        });
    }

    @Test
    void theReceiptDoesNotCallVerifiedWhatNobodyReadBack() {
        application().run(context -> {
            context.getBean(Names.class).add("new");
            rollback(context, runOf(context, "names.add"));
            context.getBean(Names.class).rename("a", "agent's");
            rollback(context, runOf(context, "names.rename"));

            assertThat(GateHarness.receipts(context, "enact.rollback", ReceiptKind.ROLLED_BACK))
                    .extracting(receipt -> String.valueOf(receipt.fields().get("actions_reversed")))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("restoration=RESTORED", "verified=false"),
                            second -> assertThat(second).contains("restoration=RESTORED", "verified=true"));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Desk {

        @Bean
        Names names() {
            return new Names();
        }
    }

    static class Names {

        private final Map<String, String> all = new TreeMap<>(Map.of("a", "old"));

        @EnactAction(value = "names.rename", capture = "nameOf", undo = "renameBack")
        public void rename(String id, String name) {
            this.all.put(id, name);
        }

        @EnactAction(value = "names.add", undo = "remove")
        public String add(String name) {
            String id = "id-" + this.all.size();
            this.all.put(id, name);
            return id;
        }

        Map<String, String> all() {
            return this.all;
        }

        String nameOf(String id) {
            return this.all.get(id);
        }

        void renameBack(String id, String captured) {
            this.all.put(id, captured);
        }

        void remove(String result) {
            this.all.remove(result);
        }
    }
}
