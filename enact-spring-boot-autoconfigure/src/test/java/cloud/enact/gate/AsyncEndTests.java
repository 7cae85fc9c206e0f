package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

/** Work that has ended is left alone: Reactor interrupts the thread that hands its result on when it is cancelled. */
class AsyncEndTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static final AtomicInteger CANCELLED = new AtomicInteger();

    @TempDir
    Path directory;

    @BeforeEach
    void clear() {
        CANCELLED.set(0);
    }

    @Test
    void aMonoThatHasAValueIsNotCancelled() {
        application().run(context -> {
            assertThat(context.getBean(Work.class).value().block(LONG)).isEqualTo("done");

            assertThat(CANCELLED).hasValue(0);
            assertThat(GateHarness.outcome(context, "work.value")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void aMonoThatIsEmptyIsNotCancelled() {
        application().run(context -> {
            assertThat(context.getBean(Work.class).nothing().block(LONG)).isNull();

            assertThat(CANCELLED).hasValue(0);
            assertThat(GateHarness.outcome(context, "work.nothing")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void aMonoThatFailsIsNotCancelled() {
        application().run(context -> {
            assertThatThrownBy(() -> context.getBean(Work.class).failure().block(LONG))
                    .hasMessage("broken");

            assertThat(CANCELLED).hasValue(0);
            assertThat(GateHarness.outcome(context, "work.failure"))
                    .containsEntry("status", "FAILED")
                    .containsEntry("error", "IllegalStateException: broken");
        });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withBean(Work.class);
    }

    private static <T> Mono<T> watched(Mono<T> work) {
        return work.hide().doOnCancel(CANCELLED::incrementAndGet);
    }

    /** What is done. */
    public static class Work {

        @EnactAction("work.value")
        public Mono<String> value() {
            return watched(Mono.just("done"));
        }

        @EnactAction("work.nothing")
        public Mono<String> nothing() {
            return watched(Mono.empty());
        }

        @EnactAction("work.failure")
        public Mono<String> failure() {
            return watched(Mono.error(new IllegalStateException("broken")));
        }
    }
}
