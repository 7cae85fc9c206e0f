package cloud.enact.rollback;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Records rollbacks. Thread-safe. */
final class RollbackReceipts {

    private static final Log logger = LogFactory.getLog(RollbackReceipts.class);

    private final ReceiptLog receipts;

    private final IdGenerator ids;

    private final Clock clock;

    RollbackReceipts(ReceiptLog receipts, IdGenerator ids, Clock clock) {
        this.receipts = receipts;
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins the record of one rollback; writes nothing yet. */
    OfRollback of(RollbackRequest request) {
        return new OfRollback(request, new RunId(this.ids.next()), this.ids.next());
    }

    /** The receipts of one rollback, which is a run of its own. */
    final class OfRollback {

        private final RollbackRequest request;

        private final RunId runId;

        private final UUID actionId;

        private OfRollback(RollbackRequest request, RunId runId, UUID actionId) {
            this.request = request;
            this.runId = runId;
            this.actionId = actionId;
        }

        RunId runId() {
            return this.runId;
        }

        UUID actionId() {
            return this.actionId;
        }

        /**
         * Writes, durably, that the first step is about to be undone.
         *
         * @throws cloud.enact.receipt.ReceiptStoreException when that is impossible
         */
        void started(int steps) {
            Map<String, @Nullable Object> payload = payload();
            payload.put("steps", steps);
            append(ReceiptKind.ROLLBACK_STARTED, payload, null, null, null);
        }

        /**
         * Writes what came of it.
         *
         * @param records the steps of the run, whose digests bind what the receipt says of them
         * @return the report, which says so when the receipt could not be written
         */
        RollbackReport ended(RollbackReport report, List<UndoRecord> records) {
            Map<Long, UndoRecord> byPosition = new HashMap<>();
            records.forEach(record -> byPosition.put(record.position(), record));
            List<Map<String, @Nullable Object>> reversed =
                    new ArrayList<>(report.steps().size());
            for (StepRestoration line : report.steps()) {
                reversed.add(ReversedStep.write(line, byPosition.get(line.position())));
            }
            Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
            outcome.put("status", report.result().name());
            outcome.put("message", report.message());
            try {
                append(ReceiptKind.ROLLED_BACK, payload(), report.result().name(), outcome, reversed);
                return report;
            } catch (RuntimeException ex) {
                // what was undone is undone, and whoever asked must hear of it
                logger.error("The end of the rollback of run " + report.runId() + " could not be recorded", ex);
                return new RollbackReport(
                        report.runId(),
                        report.result(),
                        report.steps(),
                        report.repeated(),
                        report.message() + " The receipt of this rollback could not be written: look at the log of the"
                                + " application, and ask again when the receipt store works.");
            }
        }

        private Map<String, @Nullable Object> payload() {
            Map<String, @Nullable Object> payload = new LinkedHashMap<>();
            if (this.request.reason() != null) {
                payload.put("reason", this.request.reason());
            }
            if (this.request.claimedActor() != null) {
                payload.put("claimed_actor", this.request.claimedActor());
            }
            put(payload, "only", this.request.only());
            put(payload, "skip", this.request.skip().steps());
            put(payload, "force", this.request.force().steps());
            put(payload, "skip_rows", this.request.skip().rows());
            put(payload, "force_rows", this.request.force().rows());
            return payload;
        }

        private static <T extends Comparable<T>> void put(
                Map<String, @Nullable Object> payload, String name, Set<T> chosen) {
            if (!chosen.isEmpty()) {
                payload.put(name, List.copyOf(new TreeSet<>(chosen)));
            }
        }

        private void append(
                ReceiptKind kind,
                Map<String, @Nullable Object> payload,
                @Nullable String result,
                @Nullable Map<String, @Nullable Object> outcome,
                @Nullable List<Map<String, @Nullable Object>> reversed) {
            RollbackReceipts.this.receipts.append(ReceiptDraft.rollback(
                    kind,
                    this.runId,
                    this.actionId,
                    this.request.runId(),
                    RollbackReceipts.this.clock.instant(),
                    this.request.actor(),
                    payload,
                    result,
                    outcome,
                    reversed));
        }
    }
}
