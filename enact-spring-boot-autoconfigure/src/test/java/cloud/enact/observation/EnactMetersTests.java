package cloud.enact.observation;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.Actor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class EnactMetersTests {

    @TempDir
    Path directory;

    @Test
    void callsAreCountedByDecision() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);
                    SimpleMeterRegistry registry = new SimpleMeterRegistry();
                    context.getBean(EnactMeters.class).bindTo(registry);
                    double blockedAtStart = blocked(registry);

                    enact.run("lamp.on", Actor.of("a"), Map.of());
                    enact.run("lamp.on", Actor.of("a"), Map.of());
                    enact.run("lamp.smash", Actor.of("a"), Map.of());

                    assertThat(registry.get("enact.gate.calls")
                                    .tag("decision", "pass")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(2);
                    assertThat(blocked(registry) - blockedAtStart).isEqualTo(1);
                });
    }

    @Test
    void everyMeterIsThereFromTheStart() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                .run(context -> {
                    SimpleMeterRegistry registry = new SimpleMeterRegistry();

                    context.getBean(EnactMeters.class).bindTo(registry);

                    assertThat(registry.getMeters())
                            .extracting(meter -> meter.getId().getName())
                            .containsOnly(
                                    "enact.gate.calls",
                                    "enact.gate.failed.open",
                                    "enact.gate.bypasses",
                                    "enact.policies.failed",
                                    "enact.receipts.unrecorded",
                                    "enact.receipts.copies.failed",
                                    "enact.receipts.queue");
                });
    }

    private static double blocked(SimpleMeterRegistry registry) {
        return registry.get("enact.gate.calls")
                .tag("decision", "block")
                .functionCounter()
                .count();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }
    }

    static class Lamp {

        @EnactAction("lamp.on")
        public void on() {}

        @EnactAction("lamp.smash")
        @Policy(block = "true", reason = "Lamps are expensive.")
        public void smash() {}
    }
}
