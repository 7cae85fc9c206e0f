package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.policy.PolicyConfigurationException;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What policies see is what methods and functions get. */
class ArgumentTests {

    @TempDir
    Path directory;

    @Test
    void policySeesFieldsThatHaveNoGetterOrHideFromJson() {
        application().run(context -> {
            Shop shop = context.getBean(Shop.class);

            assertThatExceptionOfType(ActionBlockedException.class)
                    .isThrownBy(() -> shop.drop(new Order("users", "hidden")));
            assertThatExceptionOfType(ActionBlockedException.class)
                    .isThrownBy(() -> shop.dropHidden(new Order("other", "users")));
            assertThat(shop.dropped()).isEmpty();
        });
    }

    @Test
    void argumentsThatWouldBeLostOnTheWayAreRefused() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("drop", "{\"order\":{\"tabel\":\"orders\"}}");

            GateHarness.chatClient(context)
                    .prompt("Drop it")
                    .tools(context.getBean(Shop.class))
                    .call()
                    .content();

            assertThat(context.getBean(Shop.class).dropped()).isEmpty();
            assertThat(GateHarness.model(context).toolResults().get(0))
                    .contains("enact.arguments", "There is no argument 'tabel'");
        });
    }

    @Test
    void functionReadsTheNamesThatThePolicySaw() {
        List<String> pushed = new ArrayList<>();
        ToolCallback push = FunctionToolCallback.builder("push_branch", (Push input) -> pushed.add(input.branch()))
                .description("Pushes")
                .inputType(Push.class)
                .build();
        application()
                .withPropertyValues("enact.tools.unannotated=allow", "enact.policies[0].policy=git.dont-push-to-main")
                .run(context -> {
                    GateHarness.model(context)
                            .thenCalls("push_branch", "{\"b\":\"main\"}", "push_branch", "{\"branch\":\"agent/x\"}");

                    GateHarness.chatClient(context)
                            .prompt("Push")
                            .tools(push)
                            .call()
                            .content();

                    assertThat(pushed).containsExactly("agent/x");
                });
    }

    @Test
    void whatCanBeReadOnceIsNotReadByTheGate() {
        application().run(context -> {
            Shop shop = context.getBean(Shop.class);

            assertThat(shop.first(List.of("a", "b").iterator())).isEqualTo("a");
            assertThat(shop.last(new LinkedList<>(List.of("a", "b")))).isEqualTo("b");
        });
    }

    @Test
    void runIdThatIsNoneGetsAnAnswer() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("drop", "{\"order\":{\"table\":\"orders\"}}");
            ToolCallback gated = GateHarness.enact(context).gate(context.getBean(Shop.class))[0];

            String answer = gated.call(
                    "{\"order\":{\"table\":\"orders\"}}", new ToolContext(Map.of(Enact.RUN_ID, "../../etc")));

            assertThat(answer).contains("\"decision\":\"BLOCK\"", "enact.run");
            assertThat(context.getBean(Shop.class).dropped()).isEmpty();
        });
    }

    @Test
    void plainToolWithWrongAnnotationsStopsTheConversationBeforeAnythingRuns() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("drop", "{\"order\":{\"table\":\"orders\"}}");

            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .isThrownBy(() -> GateHarness.chatClient(context)
                            .prompt("Both")
                            .tools(new Misannotated(), context.getBean(Shop.class))
                            .call()
                            .content())
                    .withMessageContaining("no.such-policy");

            assertThat(context.getBean(Shop.class).dropped()).isEmpty();
        });
    }

    @Test
    void callbackBeanWhoseCallIsFinalIsGated() {
        application()
                .withBean("locked", FinalCallback.class, FinalCallback::new)
                .run(context -> {
                    GateHarness.model(context).thenCalls("locked", "{}");

                    GateHarness.chatClient(context)
                            .prompt("Call it")
                            .tools(context.getBean("locked", ToolCallback.class))
                            .call()
                            .content();

                    assertThat(GateHarness.model(context).toolResults().get(0)).contains("\"decision\":\"BLOCK\"");
                });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Application.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Shop shop() {
            return new Shop();
        }
    }

    /** No getters, and one field that hides. */
    static class Order {

        private String table = "";

        @JsonIgnore
        private String secretTable = "";

        Order() {}

        Order(String table, String secretTable) {
            this.table = table;
            this.secretTable = secretTable;
        }

        String table() {
            return this.table;
        }

        void setTable(String value) {
            this.table = value;
        }
    }

    record Push(@JsonAlias("b") String branch) {}

    static class Shop {

        private final List<String> dropped = new ArrayList<>();

        @Tool(description = "Drops a table")
        @EnactAction("shop.drop")
        @Policy(block = "has(args.order.table) && args.order.table == 'users'", reason = "Not that one.")
        public String drop(Order order) {
            this.dropped.add(order.table());
            return "dropped";
        }

        @EnactAction("shop.drop_hidden")
        @Policy(block = "args.order.secretTable == 'users'", reason = "Not that one.")
        public void dropHidden(Order order) {
            this.dropped.add(order.table());
        }

        @EnactAction("shop.first")
        public String first(Iterator<String> names) {
            return names.next();
        }

        @EnactAction("shop.last")
        public String last(LinkedList<String> names) {
            return names.getLast();
        }

        public List<String> dropped() {
            return this.dropped;
        }
    }

    static class Misannotated {

        @Tool(description = "Wrong")
        @EnactAction("wrong.tool")
        @Policy("no.such-policy")
        public String misannotated() {
            return "ran";
        }
    }

    static class FinalCallback implements ToolCallback {

        @Override
        public ToolDefinition getToolDefinition() {
            return ToolDefinition.builder()
                    .name("locked")
                    .description("Locked")
                    .inputSchema("{}")
                    .build();
        }

        @Override
        public final String call(String input) {
            return "ran";
        }

        @Override
        public final String call(String input, ToolContext context) {
            return "ran";
        }
    }
}
