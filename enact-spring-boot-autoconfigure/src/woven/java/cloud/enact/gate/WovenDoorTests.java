package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Actor;
import cloud.enact.gate.woven.Alarm;
import cloud.enact.gate.woven.Counter;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The door of AspectJ next to the other doors. The specimens are woven at compile time. */
class WovenDoorTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void methodWithAnAnnotationOfTheApplicationIsGated() {
        blocking("alarm.ring").run(context -> {
            Alarm alarm = new Alarm();

            assertThatThrownBy(alarm::ring).isInstanceOf(ActionBlockedException.class);

            assertThat(alarm.rung()).isZero();
            assertThat(GateHarness.receipts(context, "alarm.ring")).hasSize(1);
        });
    }

    @Test
    void everySubscriptionOfAWovenMonoIsGatedOnWhateverThread() {
        application().run(context -> {
            Mono<Integer> ringing = new Alarm().ringLater();

            assertThat(ringing.block(LONG)).isEqualTo(1);
            assertThat(ringing.subscribeOn(Schedulers.parallel()).block(LONG)).isEqualTo(2);

            assertThat(GateHarness.receipts(context, "alarm.ring_later", ReceiptKind.COMPLETED))
                    .hasSize(2);
        });
    }

    @Test
    void beanThatIsProxiedAndWovenIsGatedOnceHoweverItIsCalled() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("add", "{\"number\":1}");

            context.getBean(Counter.class).add(1);
            GateHarness.chatClient(context)
                    .prompt("Count")
                    .tools(context.getBean(Counter.class))
                    .call()
                    .content();
            GateHarness.enact(context).run("counter.add", Actor.of("ann@example.com"), Map.of("number", 1));

            assertThat(context.getBean(Counter.class).attempts()).isEqualTo(3);
            assertThat(GateHarness.receipts(context, "counter.add", ReceiptKind.DECIDED))
                    .hasSize(3);
        });
    }

    @Test
    void retriesOfABeanThatIsProxiedAndWovenAreOneCall() {
        application().run(context -> {
            assertThat(context.getBean(Counter.class).flaky()).isEqualTo(3);

            assertThat(GateHarness.receipts(context, "counter.flaky", ReceiptKind.DECIDED))
                    .hasSize(1);
            assertThat(GateHarness.outcome(context, "counter.flaky")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void retriesOfAMonoThatIsProxiedAndWovenAreOneCall() {
        application().run(context -> {
            assertThat(context.getBean(Counter.class).flakyLater().block(LONG)).isEqualTo(3);

            assertThat(GateHarness.receipts(context, "counter.flaky_later", ReceiptKind.DECIDED))
                    .hasSize(1);
        });
    }

    @Test
    void newestApplicationGuardsWovenCodeUntilItStops() {
        application().run(older -> {
            blocking("alarm.ring")
                    .run(newer ->
                            assertThatThrownBy(() -> new Alarm().ring()).isInstanceOf(ActionBlockedException.class));

            assertThat(new Alarm().ring()).isEqualTo(1);
            assertThat(GateHarness.receipts(older, "alarm.ring")).hasSize(2);
        });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Bank.class);
    }

    private ApplicationContextRunner blocking(String action) {
        return application()
                .withPropertyValues(
                        "enact.policies[0].name=closed",
                        "enact.policies[0].block=true",
                        "enact.policies[0].on=" + action,
                        "enact.policies[0].reason=The bank is closed.");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Bank {

        @Bean
        Counter counter() {
            return new Counter();
        }
    }
}
