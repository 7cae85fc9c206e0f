package cloud.enact.rollback;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.Restoration;
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

        private RollbackGate.@Nullable Permission permission;

        private OfRollback(RollbackRequest request, RunId runId, UUID actionId) {
            this.request = request;
            this.runId = runId;
            this.actionId = actionId;
        }

        /** Takes down what whoever was asked said. */
        void decided(RollbackGate.Permission permission) {
            this.permission = permission;
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

        /** Writes that nothing was tried, and why. */
        RollbackReport refused(RollbackReport report, List<UndoRecord> records) {
            return ended(report, records, Map.of(), null);
        }

        /**
         * Writes what came of it.
         *
         * @param records the steps of the run, whose digests bind what the receipt says of them
         * @param traces what undoing them left in the undo log, by position
         * @param earlier how earlier rollbacks left the steps, by position
         * @return the report, which names this rollback, and says so when the receipt could not be written
         */
        RollbackReport ended(
                RollbackReport report,
                List<UndoRecord> records,
                Map<Long, UndoTrace> traces,
                @Nullable EarlierRollbacks earlier) {
            Map<Long, UndoRecord> byPosition = new HashMap<>();
            records.forEach(record -> byPosition.put(record.position(), record));
            List<Map<String, @Nullable Object>> reversed =
                    new ArrayList<>(report.steps().size());
            for (StepRestoration line : report.steps()) {
                UndoTrace trace = traces.get(line.position());
                RunId before = (trace == null) ? restoredBy(line, (earlier != null) ? earlier.last(line.position()) : null) : null;
                reversed.add(ReversedStep.write(line, byPosition.get(line.position()), trace, before));
            }
            Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
            outcome.put("status", report.result().name());
            outcome.put("message", report.message());
            RollbackReport named = report.by(this.runId);
            try {
                append(ReceiptKind.ROLLED_BACK, payload(), report.result().name(), outcome, reversed);
                return named;
            } catch (RuntimeException ex) {
                // what was undone is undone, and whoever asked must hear of it
                logger.error("The end of the rollback of run " + report.runId() + " could not be recorded", ex);
                return named.saying(" The receipt of this rollback could not be written: look at the log of the"
                        + " application, and ask again when the receipt store works.");
            }
        }

        private static @Nullable RunId restoredBy(StepRestoration line, EarlierRollbacks.@Nullable Left left) {
            return (left != null && line.restoration() == Restoration.ALREADY_RESTORED) ? left.by() : null;
        }

        private Map<String, @Nullable Object> payload() {
            Map<String, @Nullable Object> payload = new LinkedHashMap<>();
            if (this.request.reason() != null) {
                payload.put("reason", this.request.reason());
            }
            if (this.request.claimedActor() != null) {
                payload.put("claimed_actor", this.request.claimedActor());
            }
            if (this.permission != null && !this.permission.record().isEmpty()) {
                payload.put("policy", this.permission.record());
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
