package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.Approver;
import cloud.enact.autoconfigure.EnactApprovalAutoConfiguration;
import cloud.enact.autoconfigure.EnactEncryptionAutoConfiguration;
import cloud.enact.receipt.FreezeSwitch;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Calls that a person has to approve, as a model, a person and an auditor see them. */
class DeferredApprovalTests {

    private static final Approver BOSS = new Approver("boss@example.com", Set.of("finance"), "test");

    @TempDir
    Path directory;

    @Test
    void modelGetsATicketAndTheRepeatedCallGoesThroughOnceAfterTheApproval() {
        application().run(context -> {
            Map<String, Object> first = refund(context, 900);

            assertThat(first)
                    .containsEntry("decision", "ASK")
                    .containsEntry("action", "billing.refund")
                    .containsKeys("ticket", "run_id", "reasons", "message");
            assertThat(first.get("reasons").toString()).contains("Refunds above 500 need a person");
            assertThat(first.get("message").toString()).contains("A person has been asked", "Repeat exactly this call");
            assertThat(billing(context).refunds()).isEmpty();
            assertThat(GateHarness.receipts(context, "billing.refund"))
                    .extracting(Receipt::kind)
                    .containsExactly(ReceiptKind.DECIDED, ReceiptKind.APPROVAL_REQUESTED);

            answer(context, first, true, "fine");

            assertThat(refundText(context, 900)).contains("refunded 900");
            assertThat(billing(context).refunds()).containsExactly(900L);
            assertThat(request(context, first).state()).isEqualTo(ApprovalState.USED);
            assertThat(refund(context, 900)).as("a second repetition").containsEntry("decision", "ASK");
            assertThat(billing(context).refunds()).containsExactly(900L);
        });
    }

    @Test
    void receiptsTellWhoWasAskedWhoApprovedAndWhatThatWasBoundTo() {
        application().run(context -> {
            Map<String, Object> asked = refund(context, 900);
            answer(context, asked, true, "checked the invoice");
            refund(context, 900);

            List<Receipt> receipts = GateHarness.receipts(context, "billing.refund");

            assertThat(receipts)
                    .extracting(Receipt::kind)
                    .containsExactly(
                            ReceiptKind.DECIDED,
                            ReceiptKind.APPROVAL_REQUESTED,
                            ReceiptKind.APPROVAL_ANSWERED,
                            ReceiptKind.DECIDED,
                            ReceiptKind.APPROVAL_ANSWERED,
                            ReceiptKind.COMPLETED);
            assertThat(receipts.get(0).decision()).isEqualTo("ASK");
            assertThat(approval(receipts.get(0))).containsEntry("id", asked.get("ticket"));
            assertThat(approval(receipts.get(1)))
                    .containsEntry("id", asked.get("ticket"))
                    .containsEntry("approvers_needed", 1L)
                    .containsEntry("policies", List.of("no-big-refunds"));
            assertThat(receipts.get(2).actor()).isEqualTo("boss@example.com");
            assertThat(GateHarness.outcome(receipts.get(2)))
                    .containsEntry("status", "APPROVED")
                    .containsEntry("reason", "checked the invoice");
            assertThat(receipts.get(3).decision()).isEqualTo("PASS");
            assertThat(approval(receipts.get(3)))
                    .containsEntry("id", asked.get("ticket"))
                    .containsEntry("bound_to", approval(receipts.get(1)).get("bound_to"));
            assertThat(approval(receipts.get(3)).get("approvers").toString()).contains("boss@example.com", "test");
            assertThat(receipts.get(4).runId())
                    .as("where it was asked")
                    .isEqualTo(receipts.get(0).runId());
            assertThat(approval(receipts.get(4))).containsEntry("id", asked.get("ticket"));
            assertThat(GateHarness.outcome(receipts.get(4))).containsEntry("status", "USED");
        });
    }

    @Test
    void identicalCallWhilePeopleThinkGetsTheSameTicketAndAsksNobodyAgain() {
        application().run(context -> {
            Map<String, Object> first = refund(context, 900);
            Map<String, Object> second = refund(context, 900);

            assertThat(second).containsEntry("ticket", first.get("ticket"));
            assertThat(GateHarness.receipts(context, "billing.refund", ReceiptKind.APPROVAL_REQUESTED))
                    .hasSize(1);
            assertThat(service(context).findOpen(null, 10)).hasSize(1);
            assertThat(billing(context).refunds()).isEmpty();
        });
    }

    @Test
    void deniedCallIsBlockedWithTheReasonOfThePersonAndAsksNobodyAgain() {
        application().run(context -> {
            Map<String, Object> asked = refund(context, 900);
            answer(context, asked, false, "this customer was refunded yesterday");

            Map<String, Object> repeated = refund(context, 900);

            assertThat(repeated).containsEntry("decision", "BLOCK").doesNotContainKey("ticket");
            assertThat(repeated.get("reasons").toString())
                    .contains("boss@example.com", "this customer was refunded yesterday");
            assertThat(service(context).findOpen(null, 10)).isEmpty();
            assertThat(billing(context).refunds()).isEmpty();
        });
    }

    @Test
    void approvalOfACallIsNoneOfACallWithOtherArguments() {
        application().run(context -> {
            Map<String, Object> asked = refund(context, 900);
            answer(context, asked, true, null);

            Map<String, Object> other = refund(context, 901);

            assertThat(other).containsEntry("decision", "ASK");
            assertThat(other.get("ticket")).isNotEqualTo(asked.get("ticket"));
            assertThat(billing(context).refunds()).isEmpty();
        });
    }

    @Test
    void anotherRequestersIdenticalCallCantUseTheApproval() {
        application().run(context -> {
            Map<String, Object> asked = refund(context, 900);
            answer(context, asked, true, null);

            assertThat(refundAs(context, "mallory@example.com", "c1"))
                    .containsEntry("decision", "ASK")
                    .doesNotContainEntry("ticket", asked.get("ticket"));
            assertThat(refundAs(context, "ann@example.com", "another conversation"))
                    .containsEntry("decision", "ASK")
                    .doesNotContainEntry("ticket", asked.get("ticket"));
            assertThat(billing(context).refunds()).isEmpty();
        });
    }

    @Test
    void approvalIsBoundToTheConversationOfTheChatMemory() {
        application().run(context -> {
            Map<String, Object> asked = refundIn(context, "talk-1");
            answer(context, asked, true, null);

            assertThat(refundIn(context, "talk-2")).containsEntry("decision", "ASK");
            assertThat(request(context, asked).asked().conversation()).isEqualTo("talk-1");
            assertThat(billing(context).refunds()).isEmpty();
        });
    }

    @Test
    void policyThatBlocksBothersNobodyAndStopsAnApprovedCall() {
        application()
                .withPropertyValues(
                        "enact.policies[1].name=closed",
                        "enact.policies[1].on=billing.refund",
                        "enact.policies[1].block=args.amount > 5000",
                        "enact.policies[2].policy=time.code-freeze-active",
                        "enact.policies[2].on=billing.refund")
                .run(context -> {
                    assertThat(refund(context, 9000)).containsEntry("decision", "BLOCK");
                    assertThat(service(context).findNewest(null, 10)).isEmpty();
                    Map<String, Object> asked = refund(context, 900);
                    answer(context, asked, true, null);
                    FreezeSwitch freeze = context.getBean(FreezeSwitch.class);
                    freeze.set(true, Actor.of("ops"), "release");

                    assertThat(refund(context, 900)).containsEntry("decision", "BLOCK");
                    assertThat(request(context, asked).state()).isEqualTo(ApprovalState.APPROVED);

                    freeze.set(false, Actor.of("ops"), null);
                    assertThat(refundText(context, 900)).contains("refunded 900");
                });
    }

    @Test
    void javaCallerGetsTheTicketInAnException() {
        application().run(context -> {
            Billing billing = billing(context);
            assertThatExceptionOfType(ApprovalRequiredException.class)
                    .isThrownBy(() -> billing.refund("acme", 900))
                    .satisfies(error -> {
                        assertThat(error.getMessage())
                                .contains("billing.refund", error.getTicket().toString());
                        service(context).answer(error.getTicket(), BOSS, true, null);
                    });

            assertThat(billing.refund("acme", 900)).isEqualTo("refunded 900");
            assertThat(billing.refunds()).containsExactly(900L);
        });
    }

    @Test
    void receiptsOfApprovalsAreValid() {
        application().run(context -> {
            answer(context, refund(context, 900), true, "fine");
            refundText(context, 900);

            assertThat(GateHarness.receipts(context, "billing.refund")).hasSize(6);
            assertThat(context.getBean(ReceiptVerifier.class).verifyAll().valid())
                    .isTrue();
        });
    }

    @Test
    void encryptedReceiptsTellWhoApprovedAndHideWhy() {
        application()
                .withConfiguration(AutoConfigurations.of(EnactEncryptionAutoConfiguration.class))
                .withPropertyValues(
                        "enact.receipts.encryption.enabled=true",
                        "enact.receipts.encryption.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
                .run(context -> {
                    answer(context, refund(context, 900), true, "she lost her child");
                    refundText(context, 900);

                    List<Receipt> receipts = GateHarness.receipts(context, "billing.refund");
                    assertThat(receipts)
                            .hasSize(6)
                            .allSatisfy(receipt -> assertThat(new String(receipt.bytes(), StandardCharsets.UTF_8))
                                    .doesNotContain("lost her child"));
                    assertThat(approval(receipts.get(3)).get("approvers").toString())
                            .contains("boss@example.com");
                    assertThat(context.getBean(ReceiptVerifier.class)
                                    .verifyAll()
                                    .valid())
                            .isTrue();
                });
    }

    @Test
    void callThatIsStoppedAtAPartOfItGetsTheTicketOfThatPart() {
        application()
                .withBean(Desk.class)
                .withPropertyValues("enact.approval.mode=wait", "enact.approval.max-wait=1ms")
                .run(context -> {
                    ScriptedChatModel model = GateHarness.model(context).thenCalls("close", "{}");
                    GateHarness.chatClient(context)
                            .prompt("go")
                            .tools(context.getBean(Desk.class))
                            .call()
                            .content();

                    Map<String, Object> refusal = json(model.toolResults().get(0));

                    assertThat(refusal).containsEntry("decision", "ASK").containsEntry("action", "billing.refund");
                    assertThat(refusal.get("message").toString())
                            .contains(
                                    "'desk.close' was stopped at this part", "Repeat exactly the call of 'desk.close'");
                    assertThat(request(context, refusal).asked().action()).isEqualTo("billing.refund");
                });
    }

    @Test
    void observingApplicationAsksNobody() {
        application().withPropertyValues("enact.mode=observe").run(context -> {
            assertThat(refundText(context, 900)).contains("refunded 900");
            assertThat(service(context).findNewest(null, 10)).isEmpty();
            assertThat(GateHarness.receipts(context, "billing.refund", ReceiptKind.DECIDED))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("ASK"));
        });
    }

    @Test
    void policyThatIsEnforcedOnItsOwnAsksWhileTheApplicationObserves() {
        application()
                .withPropertyValues("enact.mode=observe", "enact.policies[0].mode=enforce")
                .run(context -> {
                    Map<String, Object> asked = refund(context, 900);
                    assertThat(asked).containsEntry("decision", "ASK");
                    answer(context, asked, true, null);

                    assertThat(refundText(context, 900)).contains("refunded 900");
                });
    }

    @Test
    void withoutApprovalsAnAskIsABlock() {
        application().withPropertyValues("enact.approval.enabled=false").run(context -> {
            assertThat(refund(context, 900)).containsEntry("decision", "BLOCK");
            assertThat(context).doesNotHaveBean(ApprovalService.class);
        });
    }

    @Test
    void peopleAreShownTheArgumentsMasked() {
        application().run(context -> {
            Map<String, Object> asked = call(
                    context,
                    GateHarness.chatClient(context).prompt("go"),
                    "{\"customer\":\"ghp_16C7e42F292c6912E7710c838347Ae178B4a\",\"amount\":900}");

            assertThat(request(context, asked).asked().payload().toString())
                    .contains("amount=900")
                    .doesNotContain("ghp_16C7e42F292c6912E7710c838347Ae178B4a");
        });
    }

    private Map<String, Object> refund(ApplicationContext context, long amount) {
        return json(refundText(context, amount));
    }

    private String refundText(ApplicationContext context, long amount) {
        return text(
                context,
                GateHarness.chatClient(context).prompt("go"),
                "{\"customer\":\"acme\",\"amount\":" + amount + "}");
    }

    private Map<String, Object> refundAs(ApplicationContext context, String actor, String conversation) {
        return call(
                context,
                GateHarness.chatClient(context)
                        .prompt("go")
                        .toolContext(Map.of(Enact.ACTOR, Actor.of(actor), Enact.CONVERSATION_ID, conversation)),
                "{\"customer\":\"acme\",\"amount\":900}");
    }

    private Map<String, Object> refundIn(ApplicationContext context, String conversation) {
        return call(
                context,
                GateHarness.chatClient(context)
                        .prompt("go")
                        .advisors(advisors -> advisors.param(ChatMemory.CONVERSATION_ID, conversation)),
                "{\"customer\":\"acme\",\"amount\":900}");
    }

    private Map<String, Object> call(
            ApplicationContext context, ChatClient.ChatClientRequestSpec prompt, String arguments) {
        return json(text(context, prompt, arguments));
    }

    private String text(ApplicationContext context, ChatClient.ChatClientRequestSpec prompt, String arguments) {
        ScriptedChatModel model = GateHarness.model(context).thenCalls("refund", arguments);
        prompt.tools(billing(context)).call().content();
        List<String> results = model.toolResults();
        return results.get(results.size() - 1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String text) {
        Object value = JsonMapper.shared().readValue(text, Object.class);
        return (value instanceof Map<?, ?> map) ? (Map<String, Object>) map : Map.of("text", value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> approval(Receipt receipt) {
        return (Map<String, Object>) receipt.fields().get("approval");
    }

    private static void answer(ApplicationContext context, Map<String, Object> asked, boolean yes, String reason) {
        service(context).answer(UUID.fromString(asked.get("ticket").toString()), BOSS, yes, reason);
    }

    private static ApprovalRequest request(ApplicationContext context, Map<String, Object> asked) {
        return service(context)
                .find(UUID.fromString(asked.get("ticket").toString()))
                .orElseThrow();
    }

    private static ApprovalService service(ApplicationContext context) {
        return context.getBean(ApprovalService.class);
    }

    private static Billing billing(ApplicationContext context) {
        return context.getBean(Billing.class);
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withConfiguration(AutoConfigurations.of(EnactApprovalAutoConfiguration.class))
                .withBean(Billing.class)
                .withPropertyValues(
                        "enact.approval.enabled=true",
                        "enact.actor.id=ann@example.com",
                        "enact.policies[0].name=no-big-refunds",
                        "enact.policies[0].on=billing.refund",
                        "enact.policies[0].ask=args.amount > 500",
                        "enact.policies[0].reason=Refunds above 500 need a person");
    }

    static class Billing {

        private final List<Long> refunds = new CopyOnWriteArrayList<>();

        @Tool(description = "Refund a customer")
        @EnactAction("billing.refund")
        public String refund(String customer, long amount) {
            this.refunds.add(amount);
            return "refunded " + amount;
        }

        public List<Long> refunds() {
            return this.refunds;
        }
    }

    static class Desk {

        private final Billing billing;

        Desk(Billing billing) {
            this.billing = billing;
        }

        @Tool(description = "Close the desk")
        @EnactAction("desk.close")
        public String close() {
            return this.billing.refund("acme", 900);
        }
    }
}
