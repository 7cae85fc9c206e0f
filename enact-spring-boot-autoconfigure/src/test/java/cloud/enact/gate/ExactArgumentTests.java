package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.ActionRequest;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.ReceiptKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Numbers with many digits and objects without end: judged as they are executed, or not executed. */
class ExactArgumentTests {

    private static final BigDecimal LONG_DECIMAL = new BigDecimal("0.1000000000000000055511151231257827");

    private static final BigInteger BIG = BigInteger.TWO.pow(63).add(BigInteger.ONE);

    private final Seen seen = new Seen();

    @TempDir
    Path directory;

    @Test
    void directCallIsJudgedByTheNumbersItGets() {
        application().run(context -> {
            Bank bank = context.getBean(Bank.class);

            bank.pay(LONG_DECIMAL, BIG);
            bank.order(new Order(LONG_DECIMAL, BIG));

            assertThat(this.seen.args)
                    .containsExactly(
                            Map.of("amount", LONG_DECIMAL, "account", BIG),
                            Map.of("order", Map.of("amount", LONG_DECIMAL, "account", BIG)));
            assertThat(bank.paid()).containsExactly(LONG_DECIMAL, BIG, LONG_DECIMAL, BIG);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1000000000000000055511151231257827", "1e400", "1e-400", "123456789012345678.9"})
    void toolCallWithMoreDigitsThanTheToolReadsIsRefused(String number) {
        application().run(context -> {
            chat(context, "pay", "{\"amount\":" + number + ",\"account\":1}");
            chat(context, "order", "{\"order\":{\"amount\":" + number + ",\"account\":1}}");

            assertThat(context.getBean(Bank.class).paid()).isEmpty();
            assertThat(GateHarness.model(context).toolResults())
                    .asString()
                    .contains("enact.arguments", "more digits than the tool reads");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"19.90", "0.1", "1e2", "-0.25", "12345678901.25", "5"})
    void toolCallIsJudgedOnceAndByTheNumbersTheMethodGets(String number) {
        application().run(context -> {
            chat(context, "pay", "{\"amount\":" + number + ",\"account\":" + BIG + "}");

            assertThat(GateHarness.receipts(context, "bank.pay", ReceiptKind.DECIDED))
                    .hasSize(1);
            List<Object> paid = context.getBean(Bank.class).paid();
            assertThat((BigDecimal) paid.get(0)).isEqualByComparingTo(number);
            assertThat(paid.get(1)).isEqualTo(BIG);
            assertThat(new BigDecimal(this.seen.args.get(0).get("amount").toString()))
                    .isEqualByComparingTo(number);
            assertThat(this.seen.args.get(0)).containsEntry("account", BIG);
        });
    }

    @Test
    void functionThatReadsDecimalsItselfGetsEveryDigit() {
        List<Object> got = new ArrayList<>();
        ToolCallback function = FunctionToolCallback.builder("wire", (Order order) -> got.add(order.amount()))
                .description("Wires")
                .inputType(Order.class)
                .build();
        application().run(context -> {
            GateHarness.model(context).thenCalls("wire", "{\"amount\":" + LONG_DECIMAL + ",\"account\":1}");
            GateHarness.chatClient(context)
                    .prompt("Wire")
                    .tools(function)
                    .call()
                    .content();

            assertThat(got).containsExactly(LONG_DECIMAL);
            assertThat(this.seen.args.get(0)).containsEntry("amount", LONG_DECIMAL);
        });
    }

    @Test
    void objectThatHoldsItselfIsNotTakenForAnEmptyOne() {
        application().run(context -> {
            Bank bank = context.getBean(Bank.class);
            Node node = new Node("users");
            node.next = node;

            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> bank.read(node));
            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> bank.readGuarded(node));
            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> bank.drop(node));
            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> bank.readGuarded(deep()));
            assertThat(bank.harmless(node)).isEqualTo("users");

            assertThat(bank.paid()).isEmpty();
        });
    }

    private static Node deep() {
        Node node = new Node("users");
        for (int i = 0; i < 10_000; i++) {
            Node around = new Node("users");
            around.next = node;
            node = around;
        }
        return node;
    }

    private static void chat(ApplicationContext context, String tool, String arguments) {
        GateHarness.model(context).thenCalls(tool, arguments);
        GateHarness.chatClient(context)
                .prompt("Pay")
                .tools(context.getBean(Bank.class))
                .call()
                .content();
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withPropertyValues("enact.tools.unannotated=allow")
                .withBean(Bank.class, Bank::new)
                .withBean(ActionPolicy.class, () -> this.seen);
    }

    record Order(BigDecimal amount, BigInteger account) {}

    static class Node {

        private final String table;

        private Node next;

        Node(String table) {
            this.table = table;
        }

        public String getTable() {
            return this.table;
        }

        public Node getNext() {
            return this.next;
        }
    }

    static class Bank {

        private final List<Object> paid = new ArrayList<>();

        @Tool(description = "Pays")
        @EnactAction("bank.pay")
        public String pay(BigDecimal amount, BigInteger account) {
            this.paid.add(amount);
            this.paid.add(account);
            return "paid";
        }

        @Tool(description = "Pays an order")
        @EnactAction("bank.order")
        public String order(Order order) {
            this.paid.add(order.amount());
            this.paid.add(order.account());
            return "paid";
        }

        @EnactAction("bank.read")
        @Policy(block = "args.node.table == 'users'", reason = "Not that one.")
        public void read(Node node) {
            this.paid.add(node);
        }

        @EnactAction("bank.read_guarded")
        @Policy(block = "has(args.node.table) && args.node.table == 'users'", reason = "Not that one.")
        public void readGuarded(Node node) {
            this.paid.add(node);
        }

        @EnactAction("bank.drop")
        @Policy(value = "db.protect-tables", with = "tables=users")
        public void drop(Node table) {
            this.paid.add(table);
        }

        @EnactAction("bank.harmless")
        public String harmless(Node node) {
            return node.getTable();
        }

        public List<Object> paid() {
            return this.paid;
        }
    }

    /** Remembers what policies are shown. */
    private static final class Seen implements ActionPolicy {

        private final List<Map<String, Object>> args = new ArrayList<>();

        @Override
        public String name() {
            return "seen";
        }

        @Override
        public Verdict judge(ActionRequest request) {
            if (!request.action().startsWith("enact.")) {
                this.args.add(request.args());
            }
            return Verdict.abstain("seen");
        }
    }
}
