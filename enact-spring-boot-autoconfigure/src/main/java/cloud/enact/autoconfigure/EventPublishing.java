package cloud.enact.autoconfigure;

import cloud.enact.event.CallBlocked;
import cloud.enact.event.ReceiptVerificationFailed;
import cloud.enact.event.RunInDoubt;
import cloud.enact.event.RunRolledBack;
import cloud.enact.event.ToolDefinitionChanged;
import cloud.enact.event.UngovernedCall;
import cloud.enact.mcp.ToolPins;
import cloud.enact.receipt.AppendListener;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.VerificationListener;
import cloud.enact.receipt.VerificationReport;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes what an application may want to hear of; nothing for what happens at every call. Thread-safe. */
final class EventPublishing implements AppendListener, VerificationListener {

    private final ApplicationEventPublisher events;

    EventPublishing(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    public void appended(Receipt receipt, Duration took) {
        if (receipt.kind() == ReceiptKind.DECIDED && !receipt.letsRun()) {
            this.events.publishEvent(new CallBlocked(
                    receipt.runId(),
                    receipt.actionId(),
                    receipt.action(),
                    receipt.actor(),
                    receipt.objectors(),
                    receipt.log(),
                    receipt.seq(),
                    receipt.timestamp()));
        } else if (receipt.kind() == ReceiptKind.ROLLED_BACK) {
            this.events.publishEvent(new RunRolledBack(
                    receipt.runId(),
                    receipt.originalRunId(),
                    String.valueOf(receipt.decision()),
                    receipt.actor(),
                    receipt.log(),
                    receipt.seq(),
                    receipt.timestamp()));
        } else if (receipt.kind() == ReceiptKind.GAP) {
            this.events.publishEvent(new UngovernedCall(
                    receipt.runId(),
                    receipt.actionId(),
                    receipt.action(),
                    receipt.actor(),
                    receipt.log(),
                    receipt.seq(),
                    receipt.timestamp()));
        } else if (receipt.kind() == ReceiptKind.CONFIG && receipt.action().equals(ToolPins.ACTION)) {
            toolDefined(receipt);
        }
    }

    private void toolDefined(Receipt receipt) {
        if (receipt.fields().get("payload") instanceof Map<?, ?> payload
                && payload.get(ToolPins.BEFORE) instanceof String before) {
            Object refused = payload.get(ToolPins.REFUSED);
            this.events.publishEvent(new ToolDefinitionChanged(
                    String.valueOf(payload.get(ToolPins.TOOL)),
                    before,
                    String.valueOf(refused != null ? refused : payload.get(ToolPins.TRUSTED)),
                    refused == null,
                    receipt.log(),
                    receipt.seq(),
                    receipt.timestamp()));
        }
    }

    @Override
    public void failed(ReceiptDraft draft, RuntimeException reason, Duration took) {
        if (draft.kind() == ReceiptKind.COMPLETED) {
            this.events.publishEvent(new RunInDoubt(draft.runId(), draft.actionId(), draft.action()));
        }
    }

    @Override
    public void verified(VerificationReport report) {
        if (!report.verification().valid()) {
            this.events.publishEvent(
                    new ReceiptVerificationFailed(report.verification().problemCount(), report.ended()));
        }
    }
}
