package cloud.enact.observation;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the meters of connectors count. */
class StepMetersTests {

    private static final Actor ACTOR = Actor.of("a");

    @TempDir
    Path directory;

    @Test
    void stepsAreTimedByConnectorOperationAndOutcome() throws IOException {
        application().run(context -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(StepMeters.class).bindTo(registry);
            Enact enact = context.getBean(Enact.class);

            enact.run("office.write", ACTOR, Map.of("text", "secret-argument"));
            enact.run("office.write", ACTOR, Map.of("text", "secret-argument"));
            enact.run("filesystem.read_file", ACTOR, Map.of("path", "missing-argument"));

            assertThat(steps(registry, "write_file", "succeeded")).isEqualTo(1);
            assertThat(steps(registry, "write_file", "already_done")).isEqualTo(1);
            assertThat(steps(registry, "read_file", "failed")).isEqualTo(1);
            assertThat(registry.getMeters())
                    .extracting(Meter::getId)
                    .allSatisfy(id -> assertThat(id.toString()).doesNotContain("argument"));
        });
    }

    @Test
    void aStepThatAPolicyStopsIsNone() throws IOException {
        application()
                .withPropertyValues("enact.policies[0].name=no", "enact.policies[0].on=filesystem.*")
                .withPropertyValues("enact.policies[0].block=true", "enact.policies[0].reason=No.")
                .run(context -> {
                    SimpleMeterRegistry registry = new SimpleMeterRegistry();
                    context.getBean(StepMeters.class).bindTo(registry);

                    context.getBean(Enact.class).run("office.write", ACTOR, Map.of("text", "x"));

                    assertThat(registry.getMeters()).isEmpty();
                });
    }

    @Test
    void undoneStepsAreCountedByConnectorAndRestoration() throws IOException {
        application().run(context -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(StepMeters.class).bindTo(registry);
            Enact enact = context.getBean(Enact.class);
            ActionResult result = enact.run("office.write", ACTOR, Map.of("text", "x"));
            enact.previewRollback(result.runId());
            assertThat(registry.find("enact.rollback.steps").counters()).isEmpty();

            enact.rollback(result.runId());
            enact.rollback(result.runId());

            assertThat(registry.get("enact.rollback.steps")
                            .tag("connector", "filesystem")
                            .tag("restoration", "restored")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void aListenerThatFailsBreaksNothing() throws IOException {
        application().withBean("broken", StepListener.class, Broken::new).run(context -> {
            Enact enact = context.getBean(Enact.class);

            ActionResult result = enact.run("office.write", ACTOR, Map.of("text", "x"));

            assertThat(result.passed()).isTrue();
            assertThat(this.directory.resolve("files/a.txt")).hasContent("x");
            enact.rollback(result.runId());
            assertThat(this.directory.resolve("files/a.txt")).doesNotExist();
        });
    }

    private static long steps(SimpleMeterRegistry registry, String operation, String outcome) {
        return registry.get("enact.connector.steps")
                .tag("connector", "filesystem")
                .tag("operation", operation)
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private ApplicationContextRunner application() throws IOException {
        Files.createDirectories(this.directory.resolve("files"));
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.filesystem.root=" + this.directory.resolve("files"),
                        "enact.filesystem.operations=write_file,read_file",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Office office(FilesystemConnector files) {
            return new Office(files);
        }
    }

    static class Office {

        private final FilesystemConnector files;

        Office(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("office.write")
        public void write(String text) {
            this.files.writeFile("a.txt", text);
        }
    }

    private static final class Broken implements StepListener {

        @Override
        public void performed(String connector, String operation, Outcome outcome, Duration took) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void undone(String connector, Restoration restoration) {
            throw new IllegalStateException("broken");
        }
    }
}
