package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ToolUse;
import cloud.enact.hook.AgentCall;
import cloud.enact.hook.AgentEvent;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.undo.UndoLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What an agent tells of calls that were decided before the guard was started anew. */
class StoredHookCallsTests {

    private static final Actor ANA = new Actor(
            "ana@enact.example",
            Set.of(),
            Map.of(ToolUse.HOOK, new ToolUse("PreToolUse", "Bash", "s", "c1", null, "/w", null).asMap()),
            "claude-code",
            null,
            ToolUse.HOOK);

    private final ReceiptStore store = ReceiptStore.inMemory(1000);

    private final ReceiptLog log = Drafts.log(this.store);

    private final ActionRequest request = by(Drafts.request(Drafts.run(), Map.of("command", "ls")));

    private static ActionRequest by(ActionRequest request) {
        return new ActionRequest(
                request.actionId(),
                request.run(),
                null,
                request.action(),
                request.args(),
                ANA,
                null,
                request.reversibility(),
                request.timestamp());
    }

    private StoredHookCalls calls() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean(
                "recovery",
                RecoveryService.over(
                                this.store,
                                this.log,
                                new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET))),
                                UndoLog.inMemory())
                        .build(Drafts.CLOCK));
        return new StoredHookCalls(
                this.store,
                ReceiptContents.withoutKeys(),
                beans.getBeanProvider(RecoveryService.class),
                this.request.timestamp().plus(Duration.ofDays(1)));
    }

    private static AgentCall told(AgentEvent event, String callId) {
        return new AgentCall(
                "claude-code",
                event,
                "PostToolUse",
                "s",
                callId,
                null,
                "/w",
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                null);
    }

    private List<Receipt> settled() {
        return this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.RECONCILED), null, 100)
                .receipts();
    }

    @Test
    void whatIsToldLateSettlesTheCallItIsAbout() {
        this.log.append(ReceiptDraft.decided(this.request, Drafts.pass(), EnactMode.ENFORCE));

        assertThat(calls().settle(
                                told(AgentEvent.TOOL_SUCCEEDED, "c1"),
                                this.request.run().id(),
                                ANA))
                .isTrue();

        assertThat(settled())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.actionId()).isEqualTo(this.request.actionId()));
    }

    @Test
    void whatHadAnOutcomeAlreadyIsKnownAndNotSettledAgain() {
        this.log.append(ReceiptDraft.decided(this.request, Drafts.pass(), EnactMode.ENFORCE));
        this.log.append(Drafts.completed(this.request));

        assertThat(calls().settle(
                                told(AgentEvent.TOOL_FAILED, "c1"),
                                this.request.run().id(),
                                ANA))
                .isTrue();

        assertThat(settled()).isEmpty();
    }

    @Test
    void whatWasNeverDecidedIsNotKnown() {
        this.log.append(ReceiptDraft.decided(this.request, Drafts.pass(), EnactMode.ENFORCE));

        assertThat(calls().settle(
                                told(AgentEvent.TOOL_SUCCEEDED, "c2"),
                                this.request.run().id(),
                                ANA))
                .isFalse();
        assertThat(calls().settle(told(AgentEvent.TOOL_SUCCEEDED, "c1"), Drafts.run(), ANA))
                .isFalse();
    }
}
