package cloud.enact.autoconfigure;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.action.ToolUse;
import cloud.enact.hook.AgentCall;
import cloud.enact.hook.AgentEvent;
import cloud.enact.hook.GatedAgentDesk;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Finds what was decided before this application was started, in the receipts of the session, and settles it. Thread-safe. */
final class StoredHookCalls implements GatedAgentDesk.RecordedCalls {

    private static final Log logger = LogFactory.getLog(StoredHookCalls.class);

    private static final String TOLD_LATE = "The coding agent told it after the guard was started anew.";

    private static final int PAGE = 200;

    /** The newest calls of a session; what is asked for was made just before the restart. */
    private static final int MOST_PAGES = 5;

    private final ReceiptStore store;

    private final ReceiptContents contents;

    private final ObjectProvider<RecoveryService> recovery;

    private final Instant started;

    StoredHookCalls(
            ReceiptStore store, ReceiptContents contents, ObjectProvider<RecoveryService> recovery, Instant started) {
        this.recovery = recovery;
        this.store = store;
        this.contents = contents;
        this.started = started;
    }

    @Override
    public boolean settle(AgentCall call, RunId run, Actor actor) {
        try {
            Receipt decision = decision(run, String.valueOf(call.callId()));
            if (decision == null) {
                return false;
            }
            Resolution told = (call.event() == AgentEvent.TOOL_SUCCEEDED) ? Resolution.COMPLETED : Resolution.NOT_DONE;
            // nothing that could be looked at knows better than the agent that made the call
            ReconcileRequest request = ReconcileRequest.of(run, told, actor, TOLD_LATE)
                    .only(decision.actionId())
                    .forced(true);
            this.recovery.ifAvailable(service -> service.reconcile(request));
            return true;
        } catch (ReceiptStoreException | ReceiptFormatException ex) {
            logger.warn("What a coding agent tells of a call before the restart can't be put on record", ex);
            return true;
        }
    }

    private @Nullable Receipt decision(RunId run, String callId) {
        ReceiptFilter filter = ReceiptFilter.builder()
                .run(run)
                .kind(ReceiptKind.DECIDED)
                .until(this.started)
                .build();
        @Nullable ReceiptCursor after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            ReceiptPage found = this.store.query(filter, after, PAGE);
            for (Receipt receipt : found.receipts()) {
                if (receipt.letsRun() && isOf(receipt, callId)) {
                    return receipt;
                }
            }
            after = found.next();
            if (after == null) {
                return null;
            }
        }
        return null;
    }

    private boolean isOf(Receipt receipt, String callId) {
        return this.contents.open(receipt).fields().get("actor") instanceof Map<?, ?> actor
                && actor.get("attributes") instanceof Map<?, ?> attributes
                && attributes.get(ToolUse.HOOK) instanceof Map<?, ?> told
                && ToolUse.of(told).map(ToolUse::callId).filter(callId::equals).isPresent();
    }
}
