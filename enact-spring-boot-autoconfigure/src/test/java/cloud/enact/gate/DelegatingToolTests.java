package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.augment.AugmentedToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Callbacks of the application's own that end in a gated tool: what was judged is what is executed. */
class DelegatingToolTests {

    private static final String WITH_CONDITION = "{\"table\":\"orders\",\"where\":\"id = 7\"}";

    private static final String WITHOUT = "{\"table\":\"orders\"}";

    private final List<Object> done = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void sameArgumentsAreTheSameCall() {
        application().run(context -> {
            chat(context, new Delegating(gated(context, function()), input -> input), WITH_CONDITION);

            assertThat(this.done).containsExactly(Map.of("table", "orders", "where", "id = 7"));
            assertThat(GateHarness.receipts(context, "clear", ReceiptKind.DECIDED))
                    .hasSize(1);
        });
    }

    @Test
    void argumentThatIsLeftOutMakesItAnotherCall() {
        application().run(context -> {
            chat(context, new Delegating(gated(context, function()), input -> WITHOUT), WITH_CONDITION);
            chat(
                    context,
                    new Delegating(gated(context, function()), input -> "{\"table\":\"orders\",\"where\":null}"),
                    WITH_CONDITION);

            assertThat(this.done).isEmpty();
            assertThat(GateHarness.receipts(context, "clear", ReceiptKind.DECIDED))
                    .extracting(receipt -> receipt.decision())
                    .containsExactly("PASS", "BLOCK", "PASS", "BLOCK");
        });
    }

    @Test
    void argumentThatIsChangedOrAddedMakesItAnotherCall() {
        application().run(context -> {
            chat(
                    context,
                    new Delegating(gated(context, function()), input -> input.replace("orders", "users")),
                    WITH_CONDITION);
            chat(
                    context,
                    new Delegating(gated(context, function()), input -> input.replace("{", "{\"force\":true,")),
                    WITH_CONDITION);

            assertThat(this.done).isEmpty();
            assertThat(GateHarness.receipts(context, "clear", ReceiptKind.DECIDED))
                    .hasSize(4);
        });
    }

    @Test
    void argumentsThatCanNotBeReadAreNoSmallerCall() {
        application().run(context -> {
            chat(context, new Delegating(gated(context, function()), input -> "not json"), WITH_CONDITION);

            assertThat(this.done).isEmpty();
            assertThat(GateHarness.model(context).toolResults()).asString().contains("enact.arguments");
        });
    }

    @Test
    void secondCallFromWithinIsJudgedAgain() {
        application().run(context -> {
            ToolCallback inner = gated(context, function());
            chat(
                    context,
                    new Delegating(inner, input -> {
                        inner.call(input);
                        return input;
                    }),
                    WITH_CONDITION);

            assertThat(this.done).hasSize(2);
            assertThat(GateHarness.receipts(context, "clear", ReceiptKind.DECIDED))
                    .hasSize(2);
        });
    }

    @Test
    void governedMethodIsJudgedByWhatItGetsAtLast() {
        application().run(context -> {
            ToolCallback raw = ToolCallbacks.from(context.getBean(Database.class))[0];

            chat(context, new Delegating(raw, input -> WITHOUT), WITH_CONDITION);
            chat(context, new Delegating(raw, input -> input), WITH_CONDITION);

            assertThat(context.getBean(Database.class).cleared()).containsExactly("id = 7");
            assertThat(GateHarness.receipts(context, "db.clear", ReceiptKind.DECIDED))
                    .extracting(receipt -> receipt.decision())
                    .containsExactly("BLOCK", "PASS");
        });
    }

    @Test
    void decoratorOfSpringAiMayTakeOutWhatItAdded() {
        application().run(context -> {
            ToolCallback augmented =
                    new AugmentedToolCallback<>(gated(context, function()), Thought.class, event -> {}, true);

            chat(context, augmented, "{\"thought\":\"hm\",\"table\":\"orders\",\"where\":\"id = 7\"}");

            assertThat(this.done).containsExactly(Map.of("table", "orders", "where", "id = 7"));
            assertThat(GateHarness.receipts(context, "clear", ReceiptKind.DECIDED))
                    .hasSize(1);
        });
    }

    private static void chat(ApplicationContext context, ToolCallback tool, String arguments) {
        GateHarness.model(context).thenCalls("clear", arguments);
        GateHarness.chatClient(context).prompt("Clear").tools(tool).call().content();
    }

    private static ToolCallback gated(ApplicationContext context, ToolCallback callback) {
        return GateHarness.enact(context).gate(callback)[0];
    }

    private ToolCallback function() {
        return FunctionToolCallback.builder("clear", (Map<String, Object> args) -> {
                    this.done.add(args);
                    return "cleared";
                })
                .description("Clears rows")
                .inputType(Map.class)
                .build();
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withBean(Database.class, Database::new)
                .withPropertyValues(
                        "enact.tools.unannotated=allow",
                        "enact.policies[0].name=with-condition",
                        "enact.policies[0].block=!has(args.where) || args.where == null || args.table == 'users'"
                                + " || has(args.force)",
                        "enact.policies[0].on=clear",
                        "enact.policies[0].reason=Say which rows.");
    }

    record Thought(String thought) {}

    /** Public, because Spring AI is left alone with the proxy. */
    public static class Database {

        private final List<String> cleared = new ArrayList<>();

        @Tool(name = "clear", description = "Clears rows")
        @EnactAction("db.clear")
        @Policy(block = "!has(args.where)", reason = "Say which rows.")
        public String clear(String table, String where) {
            this.cleared.add(where);
            return "cleared";
        }

        public List<String> cleared() {
            return this.cleared;
        }
    }

    /** As applications write them: nothing shows what stands behind it. */
    private record Delegating(ToolCallback delegate, UnaryOperator<String> change) implements ToolCallback {

        @Override
        public ToolDefinition getToolDefinition() {
            return this.delegate.getToolDefinition();
        }

        @Override
        public String call(String input) {
            return this.delegate.call(this.change.apply(input));
        }
    }
}
