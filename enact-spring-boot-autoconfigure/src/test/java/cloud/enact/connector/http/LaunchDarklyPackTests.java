package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.doubles.http.LaunchDarklyDouble;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Flags of LaunchDarkly. */
class LaunchDarklyPackTests {

    private final LaunchDarklyDouble flags = new LaunchDarklyDouble();

    @TempDir
    Path directory;

    @BeforeEach
    void addFlag() {
        this.flags.addFlag("new-checkout");
    }

    @AfterEach
    void stop() {
        this.flags.close();
    }

    @Test
    void aFlagIsTurnedOnInOneEnvironmentAndOffAgainByItsUndo() {
        application().run(context -> {
            ActionResult turned = turn(context, "on", "production");
            output(turned);
            assertThat(this.flags.isOn("new-checkout", "production")).isTrue();
            assertThat(this.flags.isOn("new-checkout", "test")).isFalse();

            assertThat(rollback(context, turned.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.flags.isOn("new-checkout", "production")).isFalse();
        });
    }

    @Test
    void aFlagIsTurnedOffAndOnAgainByItsUndo() {
        this.flags.turn("new-checkout", "test", true);
        application().run(context -> {
            ActionResult turned = turn(context, "off", "test");
            output(turned);
            assertThat(this.flags.isOn("new-checkout", "test")).isFalse();

            assertThat(rollback(context, turned.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.flags.isOn("new-checkout", "test")).isTrue();
        });
    }

    @Test
    void aFlagThatIsOnAlreadyIsLeftOnByTheUndo() {
        this.flags.turn("new-checkout", "production", true);
        application().run(context -> {
            ActionResult turned = turn(context, "on", "production");
            output(turned);

            assertThat(rollback(context, turned.runId()).result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);

            assertThat(this.flags.changingRequests()).isEmpty();
            assertThat(this.flags.isOn("new-checkout", "production")).isTrue();
        });
    }

    @Test
    void aFlagThatSomebodyTurnedOffSinceNeedsNoUndo() {
        application().run(context -> {
            ActionResult turned = turn(context, "on", "production");
            this.flags.turn("new-checkout", "production", false);

            assertThat(rollback(context, turned.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.flags.changingRequests()).hasSize(1);
        });
    }

    @Test
    void aFlagThatIsGoneIsAConflict() {
        application().run(context -> {
            ActionResult turned = turn(context, "on", "production");
            this.flags.remove("new-checkout");

            assertThat(rollback(context, turned.runId()).result()).isEqualTo(RollbackResult.REFUSED);
        });
    }

    @Test
    void turnsOfOneRunAreTakenBackInOrder() {
        application().run(context -> {
            try (OpenRun open = context.getBean(Enact.class).openRun("back and forth")) {
                output(turn(context, "on", "production"));
                output(turn(context, "off", "production"));
                output(turn(context, "on", "production"));

                assertThat(rollback(context, open.id()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            }
            assertThat(this.flags.isOn("new-checkout", "production")).isFalse();
        });
    }

    @Test
    void theVendorsErrorIsTold() {
        application().run(context -> {
            assertThat(error(run(
                            context,
                            "launchdarkly.turn_flag_on",
                            Map.of("project", "shop", "flag", "nonesuch", "environment", "production"))))
                    .contains("not_found", "Unknown flag key")
                    .doesNotContain(LaunchDarklyDouble.TOKEN);
        });
    }

    @Test
    void tooManyRequestsFailWithTheTimeToWait() {
        application().run(context -> {
            this.flags.limitNext();

            assertThat(error(turn(context, "on", "production"))).contains("429", "try again after 7 seconds");
            assertThat(this.flags.isOn("new-checkout", "production")).isFalse();
        });
    }

    @Test
    void aTurnWhoseAnswerWasLostIsFoundByLooking() {
        application().run(context -> {
            this.flags.loseNextAnswer();

            ActionResult turned = turn(context, "on", "production");
            output(turned);

            assertThat(rollback(context, turned.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.flags.isOn("new-checkout", "production")).isFalse();
        });
    }

    private static ActionResult turn(ApplicationContext context, String to, String environment) {
        return run(
                context,
                "launchdarkly.turn_flag_" + to,
                Map.of("project", "shop", "flag", "new-checkout", "environment", environment));
    }

    private ApplicationContextRunner application() {
        return PackApplication.with(
                this.directory,
                "launchdarkly",
                this.flags,
                "turn_flag_on,turn_flag_off",
                "LAUNCHDARKLY_TOKEN=" + LaunchDarklyDouble.TOKEN);
    }
}
