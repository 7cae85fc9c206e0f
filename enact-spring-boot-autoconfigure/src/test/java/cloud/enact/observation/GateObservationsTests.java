package cloud.enact.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.Actor;
import cloud.enact.gate.ActionBlockedException;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class GateObservationsTests {

    @TempDir
    Path directory;

    private final Recorder recorder = new Recorder();

    private ApplicationContextRunner application(String... properties) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(this.recorder);
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withBean(ObservationRegistry.class, () -> registry)
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                .withPropertyValues(properties);
    }

    private Lamp lamp(ApplicationContext context) {
        this.recorder.stopped.clear();
        return context.getBean(Lamp.class);
    }

    @Test
    void aCallIsObservedFromTheGateToItsOutcomeWithoutItsArguments() {
        application().run(context -> {
            assertThat(lamp(context).on("kitchen-4711")).isEqualTo("enact.gate");

            GateObservationContext call = this.recorder.only();
            assertThat(call.getContextualName()).isEqualTo("execute_tool lamp.on");
            assertThat(low(call))
                    .containsEntry("gen_ai.operation.name", "execute_tool")
                    .containsEntry("gen_ai.tool.name", "lamp.on")
                    .containsEntry("enact.decision", "pass")
                    .containsEntry("enact.mode", "enforce")
                    .containsEntry("enact.outcome", "succeeded")
                    .containsEntry("error.type", "none");
            var newest = context.getBean(ReceiptStore.class)
                    .newest(ReceiptFilter.ofAction("lamp.on"))
                    .orElseThrow();
            assertThat(high(call))
                    .containsEntry("enact.run.id", newest.runId().toString())
                    .containsEntry("enact.receipt.id", newest.log() + "/" + newest.seq())
                    .containsEntry("enact.policy.digest", newestPolicySet(context));
            assertThat(text(call)).doesNotContain("kitchen");
        });
    }

    private static String newestPolicySet(ApplicationContext context) {
        return String.valueOf(context.getBean(ReceiptStore.class)
                .newest(ReceiptFilter.builder()
                        .action("lamp.on")
                        .kind(ReceiptKind.DECIDED)
                        .build())
                .orElseThrow()
                .fields()
                .get("policy_set"));
    }

    @Test
    void aBlockedCallIsObservedAsBlockedAndNotAsAnError() {
        application().run(context -> {
            Lamp lamp = lamp(context);
            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> lamp.smash("kitchen-4711"));

            GateObservationContext call = this.recorder.only();
            assertThat(low(call)).containsEntry("enact.decision", "block").containsEntry("enact.outcome", "blocked");
            assertThat(call.getError()).isNull();
            assertThat(text(call)).doesNotContain("kitchen", "expensive");
        });
    }

    @Test
    void ofAnErrorTheClassIsSeenAndNeverTheMessage() {
        application().run(context -> {
            Lamp lamp = lamp(context);
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> lamp.burn("kitchen-4711"));

            GateObservationContext call = this.recorder.only();
            assertThat(low(call))
                    .containsEntry("enact.outcome", "failed")
                    .containsEntry("error.type", "java.lang.IllegalStateException");
            assertThat(call.getError()).isNotNull();
            assertThat(call.getError().toString()).doesNotContain("kitchen");
            assertThat(call.getError().getStackTrace()).isEmpty();
            assertThat(text(call)).doesNotContain("kitchen");
        });
    }

    @Test
    void aCallThatAnswersLaterIsObservedUntilThen() {
        application().run(context -> {
            CompletableFuture<String> later = lamp(context).later();
            assertThat(this.recorder.stopped).isEmpty();

            context.getBean(Lamp.class).answer("done");

            assertThat(later).isCompletedWithValue("done");
            assertThat(low(this.recorder.only())).containsEntry("enact.outcome", "succeeded");
        });
    }

    @Test
    void aCallInsideAnotherIsObservedInsideIt() {
        application().run(context -> {
            lamp(context);
            context.getBean(Room.class).light();

            assertThat(this.recorder.stopped)
                    .extracting(call -> low(call).get("gen_ai.tool.name"))
                    .containsExactly("lamp.on", "room.light");
            assertThat(this.recorder.stopped.get(0).getParentObservation()).isNotNull();
            assertThat(this.recorder.stopped.get(1).getParentObservation()).isNull();
        });
    }

    @Test
    void aBlockedCallInsideAnotherDoesNotMakeTheOtherBlocked() {
        application().run(context -> {
            lamp(context);
            Room room = context.getBean(Room.class);
            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(room::smash);

            assertThat(this.recorder.stopped)
                    .extracting(call -> low(call).get("enact.outcome"))
                    .containsExactly("blocked", "failed");
        });
    }

    @Test
    void anObserverThatFailsChangesNothing() {
        application().run(context -> {
            Lamp lamp = lamp(context);
            this.recorder.failing = true;
            assertThat(lamp.on("kitchen")).isNotEmpty();
            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> lamp.smash("kitchen"));
            this.recorder.failing = false;
        });
    }

    @Test
    void withMetersThereIsATimerPerActionAndOutcome() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                .run(context -> {
                    context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of("place", "kitchen"));

                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("enact.gate")
                                    .tag("gen_ai.tool.name", "lamp.on")
                                    .tag("enact.outcome", "succeeded")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    private static Map<String, String> low(GateObservationContext call) {
        return map(call.getLowCardinalityKeyValues());
    }

    private static Map<String, String> high(GateObservationContext call) {
        return map(call.getHighCardinalityKeyValues());
    }

    private static Map<String, String> map(KeyValues values) {
        return values.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static String text(GateObservationContext call) {
        return call.getAllKeyValues() + " " + call.getName() + " " + call.getContextualName() + " " + call.getError();
    }

    private static final class Recorder implements ObservationHandler<GateObservationContext> {

        private final List<GateObservationContext> stopped = new ArrayList<>();

        private volatile boolean failing;

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof GateObservationContext;
        }

        @Override
        public void onStart(GateObservationContext context) {
            fail();
        }

        @Override
        public void onScopeOpened(GateObservationContext context) {
            fail();
        }

        @Override
        public void onStop(GateObservationContext context) {
            fail();
            this.stopped.add(context);
        }

        private void fail() {
            if (this.failing) {
                throw new IllegalStateException("the tracer is gone");
            }
        }

        private GateObservationContext only() {
            assertThat(this.stopped).hasSize(1);
            return this.stopped.get(0);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Lamp lamp(ObjectProvider<ObservationRegistry> registry) {
            return new Lamp(registry);
        }

        @Bean
        Room room(Lamp lamp) {
            return new Room(lamp);
        }
    }

    static class Lamp {

        private final CompletableFuture<String> answer = new CompletableFuture<>();

        private final ObjectProvider<ObservationRegistry> registry;

        Lamp(ObjectProvider<ObservationRegistry> registry) {
            this.registry = registry;
        }

        /** Says what is observed around it. */
        @EnactAction("lamp.on")
        public String on(String place) {
            Observation current = this.registry.getObject().getCurrentObservation();
            return (current != null) ? current.getContext().getName() : "nothing";
        }

        @EnactAction("lamp.smash")
        @Policy(block = "true", reason = "Lamps are expensive.")
        public void smash(String place) {}

        @EnactAction("lamp.burn")
        public void burn(String place) {
            throw new IllegalStateException("the lamp in " + place + " burns");
        }

        public void answer(String text) {
            this.answer.complete(text);
        }

        @EnactAction("lamp.later")
        public CompletableFuture<String> later() {
            return this.answer;
        }
    }

    static class Room {

        private final Lamp lamp;

        Room(Lamp lamp) {
            this.lamp = lamp;
        }

        @EnactAction("room.light")
        public void light() {
            this.lamp.on("here");
        }

        @EnactAction("room.smash")
        public void smash() {
            this.lamp.smash("here");
        }
    }
}
