package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.action.ActionRequest;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.rollback.RollbackReport;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the log tells of failures of other people's code: that and where, never their message. */
@ExtendWith(OutputCaptureExtension.class)
class QuietLogTests {

    private static final String SECRET = "correct-horse";

    @TempDir
    Path directory;

    @Test
    void failingCaptureIsLoggedByItsClass(CapturedOutput output) {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            context.getBean(Vault.class).store(SECRET);

            assertThat(context.getBean(GateState.class).failedOpenCount()).isEqualTo(1);
        });

        assertThat(output).contains("ERROR", "could not be captured", "IllegalStateException");
        assertThat(output).doesNotContain(SECRET);
    }

    @Test
    void failingUndoIsLoggedByItsClass(CapturedOutput output) {
        application().run(context -> {
            context.getBean(Vault.class).open(SECRET);
            Receipt decided = GateHarness.receipts(context, "vault.open").get(0);

            RollbackReport report = GateHarness.enact(context).rollback(decided.runId());

            assertThat(report.toString()).doesNotContain(SECRET);
        });

        assertThat(output).contains("ERROR", "Undo of action vault.open failed", "IllegalStateException");
        assertThat(output).doesNotContain(SECRET);
    }

    @Test
    void resolverThatFailsIsLoggedByItsClass(CapturedOutput output) {
        application()
                .withBean(ActorResolver.class, () -> context -> {
                    throw new IllegalStateException("no session for " + SECRET);
                })
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Vault.class).open("it"))
                        .isInstanceOf(ActionBlockedException.class)
                        .hasMessageNotContaining(SECRET));

        assertThat(output).contains("ERROR", "Who asks for action vault.open", "IllegalStateException");
        assertThat(output).doesNotContain(SECRET);
    }

    @Test
    void policyThatFailsWhileObservingIsSeen(CapturedOutput output) {
        application()
                .withBean(ActionPolicy.class, Broken::new)
                .withPropertyValues("enact.mode=observe")
                .run(context -> {
                    context.getBean(Vault.class).open(SECRET);
                    context.getBean(Vault.class).open(SECRET);

                    assertThat(context.getBean(PolicySet.class).failures()).isEqualTo(Map.of("broken", 2L));
                });

        assertThat(output).containsOnlyOnce("Policy 'broken' failed with java.lang.IllegalStateException");
        assertThat(output).doesNotContain(SECRET);
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withBean(Vault.class, Vault::new);
    }

    static class Vault {

        @EnactAction(value = "vault.store", capture = "look", undo = "restore")
        public void store(String value) {
            // what it would do is of no interest
        }

        @EnactAction(value = "vault.open", undo = "close")
        public void open(String value) {
            // what it would do is of no interest
        }

        public String look(String value) {
            throw new IllegalStateException("not found: " + value);
        }

        public void restore(String value) {
            throw new IllegalStateException("not restored: " + value);
        }

        public void close(String value) {
            throw new IllegalStateException("not closed: " + value);
        }
    }

    private static final class Broken implements ActionPolicy {

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Verdict judge(ActionRequest request) {
            if (!request.action().startsWith("vault.")) {
                return Verdict.abstain("broken");
            }
            throw new IllegalStateException("can't judge " + request.args().get("value"));
        }
    }
}
