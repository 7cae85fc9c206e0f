package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** Results whose work is done when somebody uses them: followed where they tell their end, else said so. */
class HandedOutResultTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void publisherOfTheJdkIsFollowedToItsEnd() {
        application().run(context -> {
            Flow.Publisher<Integer> numbers = jobs(context).numbers(false);
            assertThat(GateHarness.receipts(context, "jobs.numbers")).hasSize(1);

            assertThat(read(numbers)).containsExactly(1, 2);

            assertThat(GateHarness.outcome(context, "jobs.numbers")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void publisherOfTheJdkThatFailsIsRecordedAsFailed() {
        application().run(context -> {
            assertThatThrownBy(() -> read(jobs(context).numbers(true))).hasMessage("out of numbers");

            assertThat(GateHarness.outcome(context, "jobs.numbers"))
                    .containsEntry("status", "FAILED")
                    .containsEntry("error", "IllegalStateException: out of numbers");
        });
    }

    @Test
    void publisherBehindADeclaredObjectIsFollowedToo() {
        application().run(context -> {
            Object numbers = jobs(context).anything(JdkFlowAdapter.publisherToFlowPublisher(Flux.just(1)));
            assertThat(GateHarness.receipts(context, "jobs.anything")).hasSize(1);

            assertThat(read((Flow.Publisher<?>) numbers)).hasSize(1);

            assertThat(GateHarness.outcome(context, "jobs.anything")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void resultThatIsUsedLaterIsSaidToBeSo() {
        application().run(context -> {
            jobs(context).stream();
            jobs(context).iterator();
            jobs(context).supplier();

            for (String action : List.of("jobs.stream", "jobs.iterator", "jobs.supplier")) {
                assertThat(GateHarness.outcome(context, action))
                        .containsEntry("status", "SUCCEEDED")
                        .extractingByKey("result")
                        .asString()
                        .contains("handed out to be used later");
            }
        });
    }

    @Test
    void futureThatDoesNotTellItsEndIsUnknown() {
        application().run(context -> {
            jobs(context).anything(new FutureTask<>(() -> "done"));

            assertThat(GateHarness.outcome(context, "jobs.anything")).containsEntry("status", "UNKNOWN");
        });
    }

    @Test
    void ordinaryResultIsNotSaidToBeLazy() {
        application().run(context -> {
            jobs(context).anything(List.of(1));

            assertThat(GateHarness.outcome(context, "jobs.anything")).containsOnlyKeys("status");
        });
    }

    private static List<Object> read(Flow.Publisher<?> publisher) {
        return JdkFlowAdapter.flowPublisherToFlux(publisher)
                .cast(Object.class)
                .collectList()
                .block(LONG);
    }

    private static Jobs jobs(ApplicationContext context) {
        return context.getBean(Jobs.class);
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withBean(Jobs.class, Jobs::new);
    }

    static class Jobs {

        @EnactAction("jobs.numbers")
        public Flow.Publisher<Integer> numbers(boolean fail) {
            Flux<Integer> numbers = Flux.just(1, 2);
            return JdkFlowAdapter.publisherToFlowPublisher(
                    fail ? numbers.concatWith(Flux.error(new IllegalStateException("out of numbers"))) : numbers);
        }

        @EnactAction("jobs.anything")
        public Object anything(Object result) {
            return result;
        }

        @EnactAction("jobs.stream")
        public Stream<Integer> stream() {
            return Stream.of(1);
        }

        @EnactAction("jobs.iterator")
        public Iterator<Integer> iterator() {
            return List.of(1).iterator();
        }

        @EnactAction("jobs.supplier")
        public Supplier<String> supplier() {
            return () -> "later";
        }
    }
}
