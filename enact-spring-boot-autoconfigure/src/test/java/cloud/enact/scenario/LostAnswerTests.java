package cloud.enact.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.doubles.github.Fault;
import cloud.enact.doubles.slack.SlackFault;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Connections break at the worst moment: the system did what it was asked, and nobody heard of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswerTests {

    private Systems systems;

    private ConfigurableApplicationContext context;

    private Enact enact;

    @BeforeAll
    void start(@TempDir Path folder) {
        this.systems = Systems.start(folder);
        this.context = Shop.start(this.systems.settings());
        this.enact = this.context.getBean(Enact.class);
    }

    @AfterAll
    void stop() {
        this.context.close();
        this.systems.close();
    }

    @AfterEach
    void connectionsHoldAgain() {
        this.systems.gitHub().faults().clear();
    }

    static Stream<Arguments> connections() {
        return Stream.of(
                Arguments.of("create_branch", mutation(0)),
                Arguments.of("push_commit", mutation(1)),
                Arguments.of("comment", cut("POST", ".*/comments")),
                Arguments.of("close_issue", cut("PATCH", ".*/issues/1")),
                Arguments.of("add_label", cut("POST", ".*/labels")),
                Arguments.of("post_message", slack("chat.postMessage")));
    }

    static Stream<Arguments> connectionsOfUndo() {
        return Stream.of(
                Arguments.of("push_commit", mutation(0)),
                Arguments.of("create_branch", mutation(1)),
                Arguments.of("comment", cut("DELETE", ".*/comments/.*")),
                Arguments.of("close_issue", cut("PATCH", ".*/issues/1")),
                Arguments.of("add_label", cut("DELETE", ".*/labels/.*")),
                Arguments.of("post_message", slack("chat.delete")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("connections")
    void whatWasDoneIsFoundAndUndone(String operation, Breaking breaking) {
        Map<String, Object> before = this.systems.state(true);
        BooleanSupplier broke = breaking.of(this.systems);

        RunId run = raisePrices();

        assertThat(broke.getAsBoolean()).isTrue();
        connectionsHoldAgain();
        RollbackReport report = this.enact.rollback(run);

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("connectionsOfUndo")
    void whatWasUndoneIsFoundAndNotUndoneTwice(String operation, Breaking breaking) {
        Map<String, Object> before = this.systems.state(true);
        RunId run = raisePrices();
        BooleanSupplier broke = breaking.of(this.systems);

        RollbackReport report = this.enact.rollback(run);

        assertThat(broke.getAsBoolean()).isTrue();
        connectionsHoldAgain();
        if (report.result() == RollbackResult.PARTIAL) {
            report = this.enact.rollback(run);
        }
        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }

    private RunId raisePrices() {
        try (OpenRun run = this.enact.openRun("shop")) {
            this.enact.run("shop.raise_prices", Actor.of("agent@example.org"), Map.of());
            return run.id();
        }
    }

    private static Breaking cut(String method, String path) {
        return systems -> broken(systems.gitHub().faults().on(method, path), 0);
    }

    private static Breaking mutation(int passed) {
        return systems -> broken(systems.gitHub().faults().onMutation("updateRefs"), passed);
    }

    private static BooleanSupplier broken(Fault fault, int passed) {
        fault.after(passed).dropResponse();
        return () -> fault.seen() > passed;
    }

    private static Breaking slack(String method) {
        return systems -> {
            int before = systems.slack().calls().size();
            systems.slack().fault(method, SlackFault.DROP_RESPONSE);
            return () -> {
                List<String> calls = systems.slack().calls();
                return calls.subList(before, calls.size()).contains(method);
            };
        };
    }

    /** Breaks a connection when it is used next. */
    private interface Breaking {

        /** Says later whether it was used. */
        BooleanSupplier of(Systems systems);
    }
}
