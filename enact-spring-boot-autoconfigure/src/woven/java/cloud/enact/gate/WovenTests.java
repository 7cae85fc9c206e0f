package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Actor;
import cloud.enact.gate.woven.Counter;
import cloud.enact.gate.woven.Safe;
import cloud.enact.gate.woven.Ticket;
import cloud.enact.gate.woven.Vault;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
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

/** The door of AspectJ: what proxies can't reach. The specimens are woven at compile time. */
class WovenTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void privateMethodOfAnObjectMadeWithNewIsGated() {
        application().run(context -> {
            assertThat(new Vault().open()).isEqualTo(1);

            assertThat(GateHarness.receipts(context, "vault.turn")).hasSize(2);
        });
    }

    @Test
    void blockedPrivateMethodDoesNotRun() {
        blocking("vault.turn").run(context -> {
            Vault vault = new Vault();

            assertThatThrownBy(vault::open).isInstanceOf(ActionBlockedException.class);

            assertThat(vault.turns()).isZero();
        });
    }

    @Test
    void finalMethodIsGated() {
        blocking("vault.lock").run(context -> {
            assertThatThrownBy(() -> new Vault().lock("1234")).isInstanceOf(ActionBlockedException.class);

            assertThat(GateHarness.receipts(context, "vault.lock")).hasSize(1);
        });
    }

    @Test
    void staticMethodIsGated() {
        blocking("vault.count").run(context -> {
            assertThatThrownBy(() -> Vault.count(3)).isInstanceOf(ActionBlockedException.class);

            assertThat(GateHarness.receipts(context, "vault.count")).hasSize(1);
        });
    }

    @Test
    void methodWithAnAnnotationOfTheApplicationIsGated() {
        blocking("vault.alarm").run(context -> {
            assertThatThrownBy(() -> new Vault().alarm()).isInstanceOf(ActionBlockedException.class);

            assertThat(GateHarness.receipts(context, "vault.alarm")).hasSize(1);
        });
    }

    @Test
    void methodOfARecordIsGated() {
        application().run(context -> {
            assertThat(new Ticket("ann").refund(5)).isEqualTo("ann gets 5");

            assertThat(GateHarness.receipts(context, "ticket.refund")).hasSize(2);
        });
    }

    @Test
    void selfInvokedMethodIsAnActionOfItsOwnInTheSameRun() {
        application().run(context -> {
            new Vault().empty();

            Receipt outer = GateHarness.receipts(context, "vault.empty").get(0);
            Receipt inner = GateHarness.receipts(context, "vault.lock").get(0);
            assertThat(inner.runId()).isEqualTo(outer.runId());
            assertThat(inner.fields())
                    .containsEntry("parent_action_id", outer.actionId().toString());
        });
    }

    @Test
    void everySubscriptionOfAWovenMonoIsGatedOnWhateverThread() {
        application().run(context -> {
            Mono<Integer> opening = new Vault().openLater();

            assertThat(opening.block(LONG)).isEqualTo(1);
            assertThat(opening.subscribeOn(Schedulers.parallel()).block(LONG)).isEqualTo(2);

            assertThat(GateHarness.receipts(context, "vault.open_later", ReceiptKind.COMPLETED))
                    .hasSize(2);
        });
    }

    @Test
    void beanOfAFinalClassStartsBecauseItsMethodsAreWoven() {
        blocking("safe.open").run(context -> {
            assertThat(context).hasNotFailed();
            GateHarness.model(context).thenCalls("openSafe", "{\"code\":\"1234\"}");

            GateHarness.chatClient(context)
                    .prompt("Open")
                    .tools(context.getBean(Safe.class))
                    .call()
                    .content();

            assertThat(GateHarness.receipts(context, "safe.open"))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
            assertThatThrownBy(() -> context.getBean(Safe.class).openSafe("1"))
                    .isInstanceOf(ActionBlockedException.class);
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
            blocking("vault.turn")
                    .run(newer ->
                            assertThatThrownBy(() -> new Vault().open()).isInstanceOf(ActionBlockedException.class));

            assertThat(new Vault().open()).isEqualTo(1);
            assertThat(GateHarness.receipts(older, "vault.turn")).hasSize(2);
        });
    }

    @Test
    void withoutARunningApplicationWovenMethodsRefuseToRun() throws Exception {
        Class<?> vault = new Isolated(getClass().getClassLoader()).loadClass(Vault.class.getName());
        Object made = vault.getConstructor().newInstance();

        assertThatThrownBy(() -> vault.getMethod("lock", String.class).invoke(made, "1234"))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Vault.lock()")
                .hasMessageContaining("start the application context first");
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

        @Bean
        Safe safe() {
            return new Safe();
        }
    }

    /** Loads classes of this project anew, so that no application of another test is attached to their aspect. */
    private static final class Isolated extends ClassLoader {

        private Isolated(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("cloud.enact.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return (loaded != null) ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException ex) {
                throw new ClassNotFoundException(name, ex);
            }
        }
    }
}
