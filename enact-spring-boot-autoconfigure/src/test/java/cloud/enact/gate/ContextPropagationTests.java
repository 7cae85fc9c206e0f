package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Connector steps of reactive actions: closed where nothing carries the action along, recorded where something does. */
class ContextPropagationTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void makeFile() throws Exception {
        this.file = Files.createDirectories(this.directory.resolve("files")).resolve("a.txt");
        Files.writeString(this.file, "precious");
    }

    @AfterEach
    void switchPropagationOff() {
        Hooks.disableAutomaticContextPropagation();
    }

    @Test
    void stepOnAnotherThreadFailsClosedWithoutPropagation() {
        application().run(context -> {
            assertThatThrownBy(() -> cleaner(context).cleanLater().block(LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("spring.reactor.context-propagation=auto");

            assertThat(this.file).exists();
            assertThat(GateHarness.outcome(context, "cleaner.clean_later")).containsEntry("status", "FAILED");
        });
    }

    @Test
    void stepOnAnotherThreadBelongsToItsActionWithPropagation() {
        Hooks.enableAutomaticContextPropagation();
        application().run(context -> {
            cleaner(context).cleanLater().block(LONG);

            assertThat(this.file).doesNotExist();
            Receipt completed = GateHarness.receipts(context, "cleaner.clean_later", ReceiptKind.COMPLETED)
                    .get(0);
            assertThat((List<?>) completed.fields().get("actions_taken")).hasSize(1);
        });
    }

    @Test
    void olderApplicationKeepsItsPropagationWhenANewerOneStartsAndStops() {
        Hooks.enableAutomaticContextPropagation();
        application().run(older -> {
            GateHarness.application(this.directory.resolve("newer"))
                    .run(newer -> assertThat(newer).hasNotFailed());
            GateHarness.application(this.directory.resolve("newest")).run(newest -> {
                cleaner(older).cleanLater().block(LONG);

                assertThat(this.file).doesNotExist();
            });
        });
    }

    @Test
    void stepAfterTheEndOfItsActionIsRefusedBecauseItsRecordIsWritten() {
        Hooks.enableAutomaticContextPropagation();
        application().run(context -> {
            Mono<Void> left = cleaner(context).leaveBehind().block(LONG).get();

            assertThatThrownBy(() -> left.block(LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("had ended");
            assertThat(this.file).exists();
        });
    }

    private ApplicationContextRunner application() {
        return GateHarness.withFiles(this.directory).withUserConfiguration(Cleaning.class);
    }

    private static Cleaner cleaner(ApplicationContext context) {
        return context.getBean(Cleaner.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Cleaning {

        @Bean
        Cleaner cleaner(FilesystemConnector files) {
            return new Cleaner(files);
        }
    }

    static class Cleaner {

        private final FilesystemConnector files;

        Cleaner(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("cleaner.clean_later")
        public Mono<Void> cleanLater() {
            return Mono.just("a.txt")
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(this.files::deleteFile)
                    .then();
        }

        /** Hands out work that remembers the action it came from. */
        @EnactAction("cleaner.leave_behind")
        public Mono<AtomicReference<Mono<Void>>> leaveBehind() {
            return Mono.deferContextual(context -> Mono.just(new AtomicReference<>(Mono.just("a.txt")
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(this.files::deleteFile)
                    .then()
                    .contextWrite(context))));
        }
    }
}
