package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.event.CallBlocked;
import cloud.enact.event.ReceiptVerificationFailed;
import cloud.enact.event.RunInDoubt;
import cloud.enact.event.RunRolledBack;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationListener;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.receipt.VerificationReport;
import cloud.enact.rollback.RollbackRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class EventPublishingTests {

    @TempDir
    private Path directory;

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.rollback.enabled=true",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                .withPropertyValues(properties);
    }

    private static List<Object> heard(ApplicationContext context) {
        return context.getBean(Ears.class).heard;
    }

    private static Enact enact(ApplicationContext context) {
        heard(context).clear();
        return context.getBean(Enact.class);
    }

    @Test
    void aCallThatIsStoppedIsAnEventWithItsReceiptAndWithoutItsArguments() {
        application().run(context -> {
            RunId run = enact(context)
                    .run("lamp.smash", Actor.of("maria@example.org"), Map.of("place", "kitchen-4711"))
                    .runId();

            assertThat(heard(context)).singleElement().isInstanceOfSatisfying(CallBlocked.class, event -> {
                assertThat(event.runId()).isEqualTo(run);
                assertThat(event.action()).isEqualTo("lamp.smash");
                assertThat(event.actor()).isEqualTo("maria@example.org");
                assertThat(event.policies()).hasSize(1);
                assertThat(context.getBean(ReceiptStore.class).find(event.log(), event.seq()))
                        .map(Receipt::actionId)
                        .contains(event.actionId());
                assertThat(event.toString()).doesNotContain("kitchen");
            });
        });
    }

    @Test
    void aCallThatRunsIsNone() {
        application().run(context -> {
            assertThat(enact(context)
                            .run("lamp.on", Actor.of("a"), Map.of("place", "kitchen"))
                            .passed())
                    .isTrue();
            assertThat(heard(context)).isEmpty();
        });
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        application().run(context -> {
            Enact enact = enact(context);
            context.getBean(Ears.class).failing = true;

            assertThat(enact.run("lamp.smash", Actor.of("a"), Map.of("place", "here"))
                            .passed())
                    .isFalse();
            assertThat(enact.run("lamp.on", Actor.of("a"), Map.of("place", "here"))
                            .passed())
                    .isTrue();
        });
    }

    @Test
    void aRollbackIsAnEventWhateverCameOfIt() {
        application().run(context -> {
            Enact enact = enact(context);
            RunId run =
                    enact.run("lamp.on", Actor.of("a"), Map.of("place", "here")).runId();

            enact.rollback(RollbackRequest.of(run, Actor.of("b"), "not wanted"));

            assertThat(heard(context)).singleElement().isInstanceOfSatisfying(RunRolledBack.class, event -> {
                assertThat(event.originalRunId()).isEqualTo(run);
                assertThat(event.actor()).isEqualTo("b");
                assertThat(event.result()).isNotEmpty();
            });
        });
    }

    @Test
    void anOutcomeThatCantBeRecordedIsAnEvent() {
        application()
                .withBean(ReceiptStore.class, EventPublishingTests::withoutOutcomes)
                .run(context -> {
                    RunId run = enact(context)
                            .run("lamp.on", Actor.of("a"), Map.of("place", "here"))
                            .runId();

                    assertThat(heard(context)).singleElement().isInstanceOfSatisfying(RunInDoubt.class, event -> {
                        assertThat(event.runId()).isEqualTo(run);
                        assertThat(event.action()).isEqualTo("lamp.on");
                    });
                });
    }

    private static ReceiptStore withoutOutcomes() {
        ReceiptStore store = ReceiptStore.inMemory(1000);
        return (ReceiptStore) Proxy.newProxyInstance(
                EventPublishingTests.class.getClassLoader(),
                new Class<?>[] {ReceiptStore.class},
                (proxy, method, args) -> {
                    if (method.getName().equals("append")
                            && ((List<?>) args[0])
                                    .stream().anyMatch(entry -> ((Receipt) entry).kind() == ReceiptKind.COMPLETED)) {
                        throw new ReceiptStoreException("the disk is full", null);
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    @Test
    void aVerificationThatFindsSomethingIsAnEvent() {
        application().run(context -> {
            heard(context).clear();
            VerificationListener listener = context.getBean(EventPublishing.class);

            listener.verified(report(new Verification(10, List.of(), 0)));
            assertThat(heard(context)).isEmpty();

            listener.verified(report(new Verification(10, List.<VerificationProblem>of(), 3)));
            assertThat(heard(context)).containsExactly(new ReceiptVerificationFailed(3, Drafts.NOW));
        });
    }

    private static VerificationReport report(Verification verification) {
        return new VerificationReport(true, Drafts.NOW.minusSeconds(1), Drafts.NOW, verification);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }

        @Bean
        Ears ears() {
            return new Ears();
        }
    }

    static class Lamp {

        @EnactAction("lamp.on")
        public void on(String place) {}

        @EnactAction("lamp.smash")
        @Policy(block = "true", reason = "Lamps are expensive.")
        public void smash(String place) {}
    }

    static class Ears {

        private final List<Object> heard = new ArrayList<>();

        private boolean failing;

        @EventListener({CallBlocked.class, RunRolledBack.class, RunInDoubt.class, ReceiptVerificationFailed.class})
        void hear(Object event) {
            if (this.failing) {
                throw new IllegalStateException("the ears are closed");
            }
            this.heard.add(event);
        }
    }
}
