package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.RunId;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a model gets from the gate, and what a tool gets. */
class ToolCallTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path directory;

    @Test
    void refusalSaysWhatWhyAndWhatInstead() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("delete", "{\"id\":7,\"reason\":\"short\"}");

            GateHarness.chatClient(context)
                    .prompt("Delete 7")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            JsonNode refusal =
                    JSON.readTree(GateHarness.model(context).toolResults().get(0));
            assertThat(refusal.get("decision").asString()).isEqualTo("BLOCK");
            assertThat(refusal.get("action").asString()).isEqualTo("crm.delete_customer");
            RunId run = RunId.parse(refusal.get("run_id").asString());
            assertThat(refusal.get("reasons").get(0).asString()).contains("Say why, in ten characters or more");
            Receipt receipt =
                    GateHarness.receipts(context, "crm.delete_customer").get(0);
            assertThat(receipt.runId()).isEqualTo(run);
            assertThat(receipt.decision()).isEqualTo("BLOCK");
            assertThat(context.getBean(Crm.class).deleted()).isEmpty();
        });
    }

    @Test
    void otherCallsOfTheBatchStillRun() {
        application().run(context -> {
            GateHarness.model(context)
                    .thenCalls(
                            "delete", "{\"id\":1,\"reason\":\"no\"}",
                            "noSuchTool", "{}",
                            "delete", "{\"id\":2,\"reason\":\"asked for by the customer\"}");

            String answer = GateHarness.chatClient(context)
                    .prompt("Delete 1 and 2")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            assertThat(answer).isEqualTo("done");
            assertThat(context.getBean(Crm.class).deleted()).containsExactly(2L);
            List<String> results = GateHarness.model(context).toolResults();
            assertThat(results).hasSize(3);
            assertThat(results.get(1)).contains("There is no tool of this name");
            assertThat(results.get(2)).contains("deleted 2");
            assertThat(GateHarness.receipts(context, "noSuchTool")).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "not json",
                "{\"id\":1",
                "{\"id\":1} trailing",
                "{\"id\":1}{\"id\":2}",
                "{\"id\":1,\"id\":2,\"reason\":\"asked for by the customer\"}",
                "{\"id\":\"seven\",\"reason\":\"asked for by the customer\"}",
                "{\"id\":99999999999999999999,\"reason\":\"asked for by the customer\"}",
                "{\"id\":NaN,\"reason\":\"asked for by the customer\"}",
                "{\"reason\":\"asked for by the customer\"}",
                "{\"id\":1,\"reason\":\"asked for by the customer\",\"dry_run\":true}",
                "{\"ID\":1,\"reason\":\"asked for by the customer\"}",
                "{\"id\":1,\"reason\":\"half a pair \\ud800 here and there\"}",
            })
    void malformedArgumentsGetAnAnswerAndAReceipt(String arguments) {
        application().run(context -> {
            GateHarness.model(context).thenCalls("delete", arguments);

            String answer = GateHarness.chatClient(context)
                    .prompt("Delete")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            assertThat(answer).isEqualTo("done");
            assertThat(context.getBean(Crm.class).deleted()).isEmpty();
            String result = GateHarness.model(context).toolResults().get(0);
            assertThat(JSON.readTree(result).get("decision").asString()).isEqualTo("BLOCK");
            assertThat(result).contains("enact.arguments").doesNotContain("Exception", "\\tat ");
            assertThat(GateHarness.receipts(context, "crm.delete_customer"))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
        });
    }

    @Test
    void deepAndHugeArgumentsAreRefusedWithoutBeingRead() {
        application().run(context -> {
            String deep = "{\"id\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
            String huge = "{\"id\":1,\"reason\":\"" + "x".repeat(20_000_000) + "\"}";
            GateHarness.model(context).thenCalls("delete", deep, "delete", huge);

            GateHarness.chatClient(context)
                    .prompt("Delete")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            assertThat(context.getBean(Crm.class).deleted()).isEmpty();
            assertThat(GateHarness.model(context).toolResults())
                    .hasSize(2)
                    .allSatisfy(result -> assertThat(result).hasSizeLessThan(2000))
                    .satisfiesExactlyInAnyOrder(
                            result -> assertThat(result).contains("not one valid JSON object"),
                            result -> assertThat(result).contains("characters long; at most"));
        });
    }

    @Test
    void whatWasJudgedIsWhatIsExecuted() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("delete", "{\"id\":\"9\",\"reason\":\"asked for by the customer\"}");

            GateHarness.chatClient(context)
                    .prompt("Delete")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            assertThat(context.getBean(Crm.class).deleted()).containsExactly(9L);
            Receipt decided = GateHarness.receipts(context, "crm.delete_customer", ReceiptKind.DECIDED)
                    .get(0);
            assertThat(decided.fields().get("payload"))
                    .isEqualTo(Map.of("id", 9L, "reason", "asked for by the customer"));
        });
    }

    @Test
    void refusalIsForTheModelEvenWhenTheToolReturnsDirectly() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("export", "{}");

            String answer = GateHarness.chatClient(context)
                    .prompt("Export")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            assertThat(answer).isEqualTo("done");
            assertThat(GateHarness.model(context).toolResults().get(0)).contains("\"decision\":\"BLOCK\"");
        });
    }

    @Test
    void unannotatedToolIsBlockedUnlessItIsAllowed() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("add", "{\"a\":1,\"b\":2}");

            GateHarness.chatClient(context)
                    .prompt("Add")
                    .tools(new Calculator())
                    .call()
                    .content();

            assertThat(GateHarness.model(context).toolResults().get(0))
                    .contains("\"decision\":\"BLOCK\"", "enact.tools.allow");
        });
        application().withPropertyValues("enact.tools.allow=ad*").run(context -> {
            GateHarness.model(context).thenCalls("add", "{\"a\":1,\"b\":2}");

            GateHarness.chatClient(context)
                    .prompt("Add")
                    .tools(new Calculator())
                    .call()
                    .content();

            assertThat(GateHarness.model(context).toolResults()).containsExactly("3");
        });
    }

    @Test
    void observingStopsNothingAndRecordsWhatEnforcingWouldSay() {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            GateHarness.model(context)
                    .thenCalls("delete", "{\"id\":7,\"reason\":\"short\"}", "add", "{\"a\":1,\"b\":2}");

            GateHarness.chatClient(context)
                    .prompt("Delete 7")
                    .tools(context.getBean(Crm.class), new Calculator())
                    .call()
                    .content();

            assertThat(context.getBean(Crm.class).deleted()).containsExactly(7L);
            Receipt decided = GateHarness.receipts(context, "crm.delete_customer", ReceiptKind.DECIDED)
                    .get(0);
            assertThat(decided.decision()).isEqualTo("BLOCK");
            assertThat(decided.fields()).containsEntry("mode", "observe");
            assertThat(GateHarness.receipts(context, "add", ReceiptKind.COMPLETED))
                    .hasSize(1);
        });
    }

    @Test
    void askWithoutAnybodyToAskIsABlockThatSaysSo() {
        application()
                .withPropertyValues(
                        "enact.policies[0].name=big",
                        "enact.policies[0].ask=args.id > 5",
                        "enact.policies[0].on=crm.delete_customer")
                .run(context -> {
                    GateHarness.model(context)
                            .thenCalls("delete", "{\"id\":7,\"reason\":\"asked for by the customer\"}");

                    GateHarness.chatClient(context)
                            .prompt("Delete 7")
                            .tools(context.getBean(Crm.class))
                            .call()
                            .content();

                    assertThat(context.getBean(Crm.class).deleted()).isEmpty();
                    assertThat(GateHarness.model(context).toolResults().get(0))
                            .contains("\"decision\":\"BLOCK\"", "nobody can be asked about it");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "hangs", "answers nothing"})
    void brokenPolicyIsABlockThatNamesIt(String how) {
        CountDownLatch never = new CountDownLatch(1);
        application()
                .withPropertyValues("enact.policy-timeout=50ms")
                .withBean(ActionPolicy.class, () -> policy("house.broken", how, never))
                .run(context -> {
                    GateHarness.model(context)
                            .thenCalls("delete", "{\"id\":7,\"reason\":\"asked for by the customer\"}");

                    GateHarness.chatClient(context)
                            .prompt("Delete 7")
                            .tools(context.getBean(Crm.class))
                            .call()
                            .content();

                    assertThat(context.getBean(Crm.class).deleted()).isEmpty();
                    assertThat(GateHarness.model(context).toolResults().get(0))
                            .contains("\"decision\":\"BLOCK\"", "house.broken")
                            .doesNotContain("secret detail");
                });
    }

    private static ActionPolicy policy(String name, String how, CountDownLatch never) {
        return new ActionPolicy() {

            @Override
            public String name() {
                return name;
            }

            @Override
            public Verdict judge(cloud.enact.action.ActionRequest request) {
                if (!request.action().startsWith("crm.")) {
                    return Verdict.abstain(name);
                }
                return switch (how) {
                    case "throws" -> throw new IllegalStateException("secret detail");
                    case "hangs" -> {
                        try {
                            never.await();
                        } catch (InterruptedException ex) {
                            Thread.currentThread().interrupt();
                        }
                        yield Verdict.pass(name, "");
                    }
                    default -> null;
                };
            }
        };
    }

    @Test
    void allToolCallsOfATurnAreOneRun() {
        application().run(context -> {
            GateHarness.model(context)
                    .thenCalls("delete", "{\"id\":1,\"reason\":\"asked for by the customer\"}")
                    .thenCalls("delete", "{\"id\":2,\"reason\":\"asked for by the customer\"}");

            GateHarness.chatClient(context)
                    .prompt("Delete")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            assertThat(GateHarness.receipts(context, "crm.delete_customer"))
                    .hasSize(4)
                    .extracting(Receipt::runId)
                    .containsOnly(GateHarness.receipts(context, "crm.delete_customer")
                            .get(0)
                            .runId());
        });
    }

    @Test
    void eachToolCallIsARunOfItsOwnWhereThatIsConfigured() {
        application().withPropertyValues("enact.run.scope=call").run(context -> {
            GateHarness.model(context)
                    .thenCalls(
                            "delete", "{\"id\":1,\"reason\":\"asked for by the customer\"}",
                            "delete", "{\"id\":2,\"reason\":\"asked for by the customer\"}");

            GateHarness.chatClient(context)
                    .prompt("Delete")
                    .tools(context.getBean(Crm.class))
                    .call()
                    .content();

            assertThat(GateHarness.receipts(context, "crm.delete_customer", ReceiptKind.DECIDED))
                    .extracting(Receipt::runId)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        });
    }

    @Test
    void openRunWidensTheRunToAConversation() {
        application().run(context -> {
            GateHarness.model(context)
                    .thenCalls("delete", "{\"id\":1,\"reason\":\"asked for by the customer\"}")
                    .thenCalls("delete", "{\"id\":2,\"reason\":\"asked for by the customer\"}");
            ChatClient client = GateHarness.chatClient(context);

            RunId run;
            try (var open = GateHarness.enact(context).openRun("clean-up")) {
                run = open.id();
                client.prompt("One").tools(context.getBean(Crm.class)).call().content();
                client.prompt("Two").tools(context.getBean(Crm.class)).toolContext(open.toolContext()).stream()
                        .content()
                        .blockLast();
            }
            context.getBean(Crm.class).delete(3, "asked for by the customer");

            List<Receipt> decided = GateHarness.receipts(context, "crm.delete_customer", ReceiptKind.DECIDED);
            assertThat(decided).extracting(Receipt::runId).startsWith(run, run);
            assertThat(decided.get(2).runId()).isNotEqualTo(run);
            assertThat(decided.get(0).fields()).containsEntry("workflow", "clean-up");
        });
    }

    @Test
    void actorComesFromTheToolContextAndNeverReachesTheTool() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("delete", "{\"id\":1,\"reason\":\"asked for by the customer\"}");

            GateHarness.chatClient(context)
                    .prompt("Delete")
                    .tools(context.getBean(Crm.class))
                    .toolContext(Map.of(
                            Enact.ACTOR,
                            Map.of("id", "ops@example.com", "roles", List.of("support")),
                            "tenant",
                            "acme"))
                    .stream()
                    .content()
                    .blockLast();

            Receipt decided = GateHarness.receipts(context, "crm.delete_customer", ReceiptKind.DECIDED)
                    .get(0);
            assertThat(decided.actor()).isEqualTo("ops@example.com");
            assertThat(decided.fields().get("actor"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("source", "tool-context")
                    .containsEntry("roles", List.of("support"));
        });
    }

    @Test
    void strictApplicationRefusesAChatClientThatGoesPastTheGate() {
        application().withPropertyValues("enact.strict=true").run(context -> {
            GateHarness.model(context).thenCalls("add", "{\"a\":1,\"b\":2}");
            ChatClient past = ChatClient.create(context.getBean(ChatModel.class));

            assertThatThrownBy(() ->
                            past.prompt("Add").tools(new Calculator()).call().content())
                    .isInstanceOf(UngatedToolException.class)
                    .hasMessageContaining("ChatClient.Builder");
        });
    }

    @Test
    void chatClientPastTheGateIsCounted() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("add", "{\"a\":1,\"b\":2}");

            ChatClient.create(context.getBean(ChatModel.class))
                    .prompt("Add")
                    .tools(new Calculator())
                    .call()
                    .content();

            assertThat(context.getBean(GateState.class).bypassCount()).isPositive();
        });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Customers.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Customers {

        @Bean
        Crm crm() {
            return new Crm();
        }
    }

    static class Crm {

        private final List<Long> deleted = new ArrayList<>();

        @Tool(description = "Deletes a customer")
        @EnactAction("crm.delete_customer")
        @Policy(block = "args.reason.size() < 10", reason = "Say why, in ten characters or more.")
        public String delete(long id, String reason) {
            this.deleted.add(id);
            return "deleted " + id;
        }

        @Tool(description = "Exports customers", returnDirect = true)
        @EnactAction("crm.export")
        @Policy(block = "true", reason = "Exports are made by people.")
        public String export() {
            return "everything";
        }

        public List<Long> deleted() {
            return this.deleted;
        }
    }

    static class Calculator {

        @Tool(description = "Adds")
        public int add(int a, int b) {
            return a + b;
        }
    }
}
