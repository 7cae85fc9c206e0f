package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.UnknownActionException;
import cloud.enact.action.Actor;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.Map;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.augment.AugmentedToolCallback;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Objects with governed methods that are unusual: decorated, not beans, proxies of their own, or wrong. */
class ToolObjectTests {

    private static final Actor ANN = Actor.of("ann@example.com");

    @TempDir
    Path directory;

    @Test
    void decoratedToolIsGatedOnceWhateverTypesItsArgumentsHave() {
        application().run(context -> {
            GateHarness.model(context)
                    .thenCalls("transfer", "{\"thought\":\"hm\",\"amount\":1.5,\"account\":\"7\",\"speed\":\"FAST\"}");

            GateHarness.chatClient(context)
                    .prompt("Transfer")
                    .tools(new AugmentedToolCallback<>(
                            ToolCallbacks.from(context.getBean(Bank.class))[0], Thought.class, event -> {}, true))
                    .call()
                    .content();

            assertThat(GateHarness.model(context).toolResults())
                    .singleElement()
                    .asString()
                    .contains("1.5 to 7 FAST");
            assertThat(GateHarness.receipts(context, "bank.transfer", ReceiptKind.DECIDED))
                    .singleElement()
                    .satisfies(
                            receipt -> assertThat((Map<?, ?>) receipt.fields().get("payload"))
                                    .isEqualTo(Map.of("thought", "hm", "amount", 1.5, "account", 7L, "speed", "FAST")));
        });
    }

    @Test
    void mistakeInTheAnnotationsOfAToolObjectShowsBeforeTheModelIsAsked() {
        application().run(context -> {
            ScriptedChatModel model = GateHarness.model(context).thenCalls("pay", "{}");

            assertThatThrownBy(() -> GateHarness.chatClient(context)
                            .prompt("Pay")
                            .tools(new Forgetful())
                            .call()
                            .content())
                    .isInstanceOf(EnactStartupException.class)
                    .hasMessageContaining("@Policy but not @EnactAction");

            assertThat(model.asked()).isZero();
        });
    }

    @Test
    void actionOfAnObjectThatIsNoBeanCannotBeRunByName() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("greet", "{}");
            GateHarness.chatClient(context)
                    .prompt("Greet")
                    .tools(new Greeter())
                    .call()
                    .content();
            assertThat(GateHarness.receipts(context, "greeter.greet")).hasSize(2);

            assertThatThrownBy(() -> GateHarness.enact(context).run("greeter.greet", ANN, Map.of()))
                    .isInstanceOf(UnknownActionException.class)
                    .hasMessageContaining("greeter.greet")
                    .hasMessageContaining("bean");
        });
    }

    @Test
    void clientThatIsOnlyAProxyOfAnInterfaceIsGated() {
        application().withUserConfiguration(Remote.class).run(context -> {
            assertThat(context).hasNotFailed();
            RepositoryClient client = context.getBean(RepositoryClient.class);

            assertThat(client.close(7)).isEqualTo("closed");
            assertThatThrownBy(client::delete).isInstanceOf(ActionBlockedException.class);

            assertThat(GateHarness.receipts(context, "repository.close")).hasSize(2);
            assertThat(GateHarness.receipts(context, "repository.delete")).hasSize(1);
            assertThat(GateHarness.enact(context)
                            .run("repository.close", ANN, Map.of("id", 7))
                            .passed())
                    .isTrue();
            assertThat(GateHarness.receipts(context, "repository.close", ReceiptKind.DECIDED))
                    .hasSize(2);
        });
    }

    @Test
    void governedBeanThatIsNotThereStopsNothing() {
        application()
                .withUserConfiguration(Missing.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Money.class);
    }

    record Thought(String thought) {}

    enum Speed {
        FAST,
        SLOW
    }

    @Configuration(proxyBeanMethods = false)
    static class Money {

        @Bean
        Bank bank() {
            return new Bank();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Remote {

        /** As declarative HTTP clients are made: an interface, and advice instead of an object. */
        @Bean
        RepositoryClient repositoryClient() {
            return ProxyFactory.getProxy(RepositoryClient.class, (MethodInterceptor) invocation -> "closed");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Missing {

        @Bean
        Greeter nobody() {
            return null;
        }
    }

    interface RepositoryClient {

        @EnactAction("repository.close")
        String close(long id);

        @EnactAction("repository.delete")
        @Policy(block = "true", reason = "No.")
        String delete();
    }

    static class Bank {

        @Tool(description = "Transfers money")
        @EnactAction("bank.transfer")
        public String transfer(double amount, long account, Speed speed) {
            return amount + " to " + account + " " + speed;
        }
    }

    static class Greeter {

        @Tool(description = "Greets")
        @EnactAction("greeter.greet")
        public String greet() {
            return "hello";
        }
    }

    static class Forgetful {

        @Tool(description = "Pays")
        @Policy(block = "true", reason = "No.")
        public String pay() {
            throw new AssertionError("paid");
        }
    }
}
