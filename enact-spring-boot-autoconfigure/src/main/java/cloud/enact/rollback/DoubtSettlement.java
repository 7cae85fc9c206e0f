package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Reconciliation;
import cloud.enact.receipt.VerificationState;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Settles actions in doubt whose steps are all undone: whatever became of them, nothing of it is there any more.
 * Thread-safe.
 */
final class DoubtSettlement {

    private static final Log logger = LogFactory.getLog(DoubtSettlement.class);

    private final ReceiptStore store;

    private final ReceiptVerifier verifier;

    private final ReceiptLog receipts;

    private final Clock clock;

    DoubtSettlement(ReceiptStore store, ReceiptVerifier verifier, ReceiptLog receipts, Clock clock) {
        this.store = store;
        this.verifier = verifier;
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * Writes what the end of a rollback settles. An action that can't be settled stays in doubt, and asking for the
     * rollback again settles it.
     *
     * @param history what was known of the run
     * @param report what came of the rollback
     */
    void settle(RunHistory history, RollbackRequest request, RollbackReport report) {
        List<RunAction> settled = history.actions().stream()
                .filter(action -> !action.settled() && isBack(action, history, report))
                .toList();
        if (settled.isEmpty()) {
            return;
        }
        try {
            Map<UUID, Receipt> decisions = decisions(history.runId());
            for (RunAction action : settled) {
                Receipt decision = decisions.get(action.id());
                if (decision != null) {
                    this.receipts.append(
                            reconciliation(decision, request, report).draft());
                }
            }
        } catch (RuntimeException ex) {
            logger.error(
                    "Run " + history.runId() + " is rolled back, and that could not be recorded for its actions in"
                            + " doubt; ask for the rollback again when the receipt store works",
                    ex);
        }
    }

    /** Decisions with a sound signature; the run was read from whole logs before, and only what it held is settled. */
    private Map<UUID, Receipt> decisions(RunId runId) {
        Map<UUID, Receipt> decisions = new HashMap<>();
        for (Receipt entry : this.store.findByRun(runId)) {
            if (entry.letsRun() && this.verifier.verify(entry) == VerificationState.VALID) {
                decisions.put(entry.actionId(), entry);
            }
        }
        return decisions;
    }

    private static boolean isBack(RunAction action, RunHistory history, RollbackReport report) {
        Map<Long, UndoRecord> own = new HashMap<>();
        history.newestFirst().stream()
                .filter(record -> record.actionId().equals(action.id()))
                .forEach(record -> own.put(record.position(), record));
        boolean told = !own.isEmpty() || report.result() == RollbackResult.ROLLED_BACK;
        for (StepRestoration line : report.steps()) {
            boolean about = own.containsKey(line.position())
                    || line.position() == 0 && line.action().equals(action.name());
            if (about && !isBack(line)) {
                return false;
            }
        }
        return told;
    }

    private static boolean isBack(StepRestoration line) {
        boolean allRows = line.rows() == null || line.rows().isComplete();
        return allRows && line.restoration().isBack();
    }

    private Reconciliation reconciliation(Receipt decision, RollbackRequest request, RollbackReport report) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("outcome", "rolled_back");
        if (request.reason() != null) {
            payload.put("reason", request.reason());
        }
        if (request.claimedActor() != null) {
            payload.put("claimed_actor", request.claimedActor());
        }
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        found.put("detail", "All its steps are undone.");
        if (report.rollbackRunId() != null) {
            found.put("rollback_run_id", report.rollbackRunId().toString());
        }
        return new Reconciliation(
                decision, this.clock.instant(), request.actor(), "FAILED", "rolled_back", payload, found, List.of());
    }
}
