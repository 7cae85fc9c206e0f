package cloud.enact.recovery;

import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.Reconciliation;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.UndoRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records how actions in doubt were settled. Thread-safe. */
final class ReconcileReceipts {

    private final ReceiptLog receipts;

    private final Clock clock;

    ReconcileReceipts(ReceiptLog receipts, Clock clock) {
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * Writes one.
     *
     * @throws cloud.enact.receipt.ReceiptStoreException when that is impossible; the action stays in doubt then
     */
    void append(ReconcileRequest request, InDoubtAction action, Resolution settled, List<UndoRecord> records) {
        this.receipts.append(new Reconciliation(
                        action.decision(),
                        this.clock.instant(),
                        request.actor(),
                        status(action, settled),
                        settled.word(),
                        payload(request),
                        found(action),
                        steps(action, settled, records))
                .draft());
    }

    /** An action that stopped half way did not succeed, although something of it is there. */
    private static String status(InDoubtAction action, Resolution settled) {
        boolean half = settled == Resolution.COMPLETED
                && action.steps().stream().anyMatch(step -> step.finding() == StepProbe.Finding.NOT_DONE);
        return half ? Resolution.NOT_DONE.status() : settled.status();
    }

    private static Map<String, @Nullable Object> payload(ReconcileRequest request) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("outcome", request.outcome().word());
        if (request.reason() != null) {
            payload.put("reason", request.reason());
        }
        if (request.claimedActor() != null) {
            payload.put("claimed_actor", request.claimedActor());
        }
        if (request.force()) {
            payload.put("force", true);
        }
        return payload;
    }

    private static Map<String, @Nullable Object> found(InDoubtAction action) {
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        if (action.finding() != null) {
            found.put("finding", action.finding().name());
        }
        found.put("detail", action.detail());
        return found;
    }

    /** Of what looking did not tell, the word of whoever settles it counts. */
    private static List<ActionStep> steps(InDoubtAction action, Resolution settled, List<UndoRecord> records) {
        Map<Long, UndoRecord> byPosition = new HashMap<>();
        records.stream()
                .filter(record -> record.actionId().equals(action.decision().actionId()))
                .forEach(record -> byPosition.put(record.position(), record));
        List<ActionStep> steps = new ArrayList<>();
        for (StepProbe probe : action.steps()) {
            UndoRecord record = byPosition.get(probe.position());
            if (record != null) {
                boolean success = switch (probe.finding()) {
                    case DONE -> true;
                    case NOT_DONE -> false;
                    case UNKNOWN -> settled == Resolution.COMPLETED;
                };
                Map<String, @Nullable Object> output = new LinkedHashMap<>();
                output.put("finding", probe.finding().name());
                output.put("detail", probe.detail());
                steps.add(new ActionStep(
                        probe.action(),
                        success,
                        output,
                        null,
                        record.reversibility(),
                        record.position(),
                        record.digest()));
            }
        }
        return steps;
    }
}
