package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.ActionRequest;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Results that are not there yet: the receipt is complete when they are. */
class AsyncTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void monoIsJudgedWhenItIsSubscribedToAndRecordedWhenItEnds() {
        application().run(context -> {
            Mono<String> greeting = jobs(context).greet();
            assertThat(GateHarness.receipts(context, "jobs.greet")).isEmpty();

            assertThat(greeting.block(LONG)).isEqualTo("hello");

            assertThat(GateHarness.receipts(context, "jobs.greet", ReceiptKind.DECIDED))
                    .hasSize(1);
            assertThat(GateHarness.outcome(context, "jobs.greet")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void everySubscriptionIsACallOfItsOwnWithADecisionOfItsOwn() {
        AtomicInteger asked = new AtomicInteger();
        application()
                .withBean(ActionPolicy.class, () -> once("jobs.greet", asked))
                .run(context -> {
                    Mono<String> greeting = jobs(context).greet();

                    assertThat(greeting.block(LONG)).isEqualTo("hello");
                    assertThatThrownBy(() -> greeting.block(LONG)).isInstanceOf(ActionBlockedException.class);

                    assertThat(GateHarness.receipts(context, "jobs.greet", ReceiptKind.DECIDED))
                            .extracting(Receipt::decision)
                            .containsExactly("PASS", "BLOCK");
                    assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
                });
    }

    @Test
    void secondSubscriptionIsNotAnUngatedCallWhereTheDeclaredTypeHidesThePublisher() {
        application().run(context -> {
            Publisher<String> greeting = jobs(context).greetSomehow();
            assertThat(Mono.from(greeting).block(LONG)).isEqualTo("hello");

            try {
                Mono.from(greeting).block(LONG);
            } catch (IllegalStateException ex) {
                assertThat(ex).hasMessageContaining("once");
            }

            assertThat(context.getBean(AtomicInteger.class).get())
                    .isEqualTo(GateHarness.receipts(context, "jobs.greet_somehow", ReceiptKind.DECIDED)
                            .size());
        });
    }

    @Test
    void emptyMonoSucceeds() {
        application().run(context -> {
            assertThat(jobs(context).nothing().block(LONG)).isNull();

            assertThat(GateHarness.outcome(context, "jobs.nothing")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void failedMonoIsRecordedAsFailed() {
        application().run(context -> {
            assertThatThrownBy(() -> jobs(context).broken().block(LONG)).hasMessage("no paper");

            assertThat(GateHarness.outcome(context, "jobs.broken"))
                    .containsEntry("status", "FAILED")
                    .containsEntry("error", "IllegalStateException: no paper");
        });
    }

    @Test
    void blockedMonoSignalsTheRefusal() {
        application().run(context -> {
            Mono<String> forbidden = jobs(context).forbidden();
            AtomicReference<Throwable> signalled = new AtomicReference<>();

            forbidden
                    .onErrorResume(error -> {
                        signalled.set(error);
                        return Mono.empty();
                    })
                    .block(LONG);

            assertThat(signalled.get()).isInstanceOf(ActionBlockedException.class);
            assertThat(context.getBean(AtomicInteger.class)).hasValue(0);
        });
    }

    @Test
    void fluxIsRecordedAtItsEndAndBeforeTheSubscriberSeesTheEnd() {
        application().run(context -> {
            List<Integer> recorded = new ArrayList<>();

            List<Integer> values = jobs(context)
                    .count(3)
                    .doOnNext(value -> recorded.add(GateHarness.receipts(context, "jobs.count", ReceiptKind.COMPLETED)
                            .size()))
                    .doOnComplete(() -> recorded.add(GateHarness.receipts(context, "jobs.count", ReceiptKind.COMPLETED)
                            .size()))
                    .collectList()
                    .block(LONG);

            assertThat(values).containsExactly(0, 1, 2);
            assertThat(recorded).containsExactly(0, 0, 0, 1);
            assertThat(GateHarness.outcome(context, "jobs.count")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void fluxThatFailsHalfWayIsRecordedAsFailed() {
        application().run(context -> {
            assertThatThrownBy(() -> jobs(context).countAndFail().blockLast(LONG))
                    .hasMessage("out of numbers");

            assertThat(GateHarness.outcome(context, "jobs.count_and_fail")).containsEntry("status", "FAILED");
        });
    }

    @Test
    void cancelledMonoIsOfUnknownOutcome() {
        application().run(context -> {
            Disposable subscription = jobs(context).never().subscribe();
            WatchedStore store = context.getBean(WatchedStore.class);
            store.await(ReceiptKind.DECIDED, "jobs.never");

            subscription.dispose();

            assertThat(GateHarness.outcome(store.await(ReceiptKind.COMPLETED, "jobs.never")))
                    .containsEntry("status", "UNKNOWN");
        });
    }

    @Test
    void fluxThatIsLeftHalfWayIsOfUnknownOutcome() {
        application().run(context -> {
            assertThat(jobs(context).count(10).take(2).collectList().block(LONG))
                    .hasSize(2);

            assertThat(GateHarness.outcome(
                            context.getBean(WatchedStore.class).await(ReceiptKind.COMPLETED, "jobs.count")))
                    .containsEntry("status", "UNKNOWN");
        });
    }

    @Test
    void futureIsRecordedWhenItCompletesAndBeforeItsValueIsSeen() {
        application().run(context -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            AtomicReference<Integer> recordedWhenSeen = new AtomicReference<>();
            CompletionStage<Void> seen = jobs(context)
                    .await(work)
                    .thenAccept(value ->
                            recordedWhenSeen.set(GateHarness.receipts(context, "jobs.await", ReceiptKind.COMPLETED)
                                    .size()));
            assertThat(GateHarness.receipts(context, "jobs.await", ReceiptKind.COMPLETED))
                    .isEmpty();

            work.complete("done");

            assertThat(seen.toCompletableFuture()).isCompleted();
            assertThat(recordedWhenSeen).hasValue(1);
            assertThat(GateHarness.outcome(context, "jobs.await")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void failedFutureIsRecordedWithItsOwnError() {
        application().run(context -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            CompletableFuture<String> result = jobs(context).await(work.thenApply(value -> value));

            work.completeExceptionally(new IllegalStateException("no paper"));

            assertThat(result).isCompletedExceptionally();
            assertThat(GateHarness.outcome(context, "jobs.await"))
                    .containsEntry("status", "FAILED")
                    .containsEntry("error", "IllegalStateException: no paper");
        });
    }

    @Test
    void cancelledFutureCancelsTheWorkAndIsOfUnknownOutcome() {
        application().run(context -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            CompletableFuture<String> result = jobs(context).await(work);

            result.cancel(true);

            assertThat(work).isCancelled();
            assertThat(GateHarness.outcome(context, "jobs.await")).containsEntry("status", "UNKNOWN");
        });
    }

    @Test
    void subscriptionOnAnEventLoopThreadWaitsElsewhere() {
        application().run(context -> {
            String thread = jobs(context)
                    .threadName()
                    .subscribeOn(Schedulers.parallel())
                    .block(LONG);

            assertThat(thread).doesNotContain("parallel");
            assertThat(GateHarness.outcome(context, "jobs.thread_name")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void actionThatEndsOnAnEventLoopThreadIsRecorded() {
        application().run(context -> {
            Sinks.One<String> sink = Sinks.one();
            Schedulers.parallel().schedule(() -> sink.tryEmitValue("late"));

            assertThat(jobs(context).follow(sink.asMono()).block(LONG)).isEqualTo("late");

            assertThat(GateHarness.outcome(context, "jobs.follow")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void monosWithinAMonoBelongToItsRunWithoutContextPropagation() {
        application().run(context -> {
            assertThat(jobs(context).compose(context.getBean(Jobs.class)).block(LONG))
                    .isEqualTo("hello!");

            Receipt outer = GateHarness.receipts(context, "jobs.compose").get(0);
            Receipt inner = GateHarness.receipts(context, "jobs.greet").get(0);
            assertThat(inner.runId()).isEqualTo(outer.runId());
            assertThat(inner.fields())
                    .containsEntry("parent_action_id", outer.actionId().toString());
        });
    }

    private static ActionPolicy once(String action, AtomicInteger asked) {
        return new ActionPolicy() {

            @Override
            public String name() {
                return "house.once";
            }

            @Override
            public Verdict judge(ActionRequest request) {
                if (!request.action().equals(action) || asked.incrementAndGet() == 1) {
                    return Verdict.abstain(name());
                }
                return Verdict.block(name(), "Once is enough.");
            }
        };
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withBean(ReceiptStore.class, WatchedStore::new)
                .withUserConfiguration(Work.class);
    }

    private static Jobs jobs(ApplicationContext context) {
        return context.getBean(Jobs.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Work {

        @Bean
        AtomicInteger greeted() {
            return new AtomicInteger();
        }

        @Bean
        Jobs jobs(AtomicInteger greeted) {
            return new Jobs(greeted);
        }
    }

    static class Jobs {

        private final AtomicInteger greeted;

        Jobs(AtomicInteger greeted) {
            this.greeted = greeted;
        }

        private Mono<String> hello() {
            return Mono.fromCallable(() -> {
                this.greeted.incrementAndGet();
                return "hello";
            });
        }

        @EnactAction("jobs.greet")
        public Mono<String> greet() {
            return hello();
        }

        @EnactAction("jobs.greet_somehow")
        public Publisher<String> greetSomehow() {
            return hello();
        }

        @EnactAction("jobs.forbidden")
        @Policy(block = "true", reason = "No.")
        public Mono<String> forbidden() {
            return hello();
        }

        @EnactAction("jobs.nothing")
        public Mono<Void> nothing() {
            return Mono.empty();
        }

        @EnactAction("jobs.broken")
        public Mono<String> broken() {
            return Mono.error(new IllegalStateException("no paper"));
        }

        @EnactAction("jobs.never")
        public Mono<String> never() {
            return Mono.never();
        }

        @EnactAction("jobs.count")
        public Flux<Integer> count(int numbers) {
            return Flux.range(0, numbers);
        }

        @EnactAction("jobs.count_and_fail")
        public Flux<Integer> countAndFail() {
            return Flux.concat(Flux.range(0, 3), Flux.error(new IllegalStateException("out of numbers")));
        }

        @EnactAction("jobs.await")
        public CompletableFuture<String> await(CompletableFuture<String> work) {
            return work;
        }

        @EnactAction("jobs.thread_name")
        public Mono<String> threadName() {
            return Mono.fromCallable(() -> Thread.currentThread().getName());
        }

        @EnactAction("jobs.follow")
        public Mono<String> follow(Mono<String> other) {
            return other;
        }

        @EnactAction("jobs.compose")
        public Mono<String> compose(Jobs proxy) {
            return Mono.defer(proxy::greet).map(greeting -> greeting + "!");
        }
    }
}
