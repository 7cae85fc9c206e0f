package cloud.enact.recovery;

import cloud.enact.action.RunId;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.rollback.UnknownRunException;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows the order: nobody else is at the run, its receipts are sound, none of it is running, nothing more of it can be
 * committed; then look, then record.
 */
final class DefaultRecoveryService implements RecoveryService {

    private final ReceiptStore store;

    private final ReceiptVerifier verifier;

    private final UndoLog undoLog;

    private final InDoubtRuns doubts;

    private final Predicate<UUID> inFlight;

    private final Look look;

    private final ReconcileReceipts receipts;

    DefaultRecoveryService(
            ReceiptStore store,
            ReceiptVerifier verifier,
            UndoLog undoLog,
            InDoubtRuns doubts,
            Predicate<UUID> inFlight,
            Look look,
            ReconcileReceipts receipts) {
        this.store = store;
        this.verifier = verifier;
        this.undoLog = undoLog;
        this.doubts = doubts;
        this.inFlight = inFlight;
        this.look = look;
        this.receipts = receipts;
    }

    @Override
    public List<InDoubtAction> inDoubt() {
        return this.doubts.find(this.inFlight).stream()
                .map(decision -> unseen(decision, "Nobody has looked yet."))
                .toList();
    }

    @Override
    public List<InDoubtAction> look(int limit, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<InDoubtAction> seen = new ArrayList<>();
        for (Receipt decision : this.doubts.find(this.inFlight)) {
            boolean goOn = seen.size() < limit && System.nanoTime() - deadline < 0 && decision.damage() == null;
            seen.add(goOn ? this.look.at(decision) : unseen(decision, "Nobody looked: ask for its run alone."));
        }
        return List.copyOf(seen);
    }

    private static InDoubtAction unseen(Receipt decision, String why) {
        return new InDoubtAction(decision, null, why, List.of());
    }

    @Override
    public List<InDoubtAction> look(RunId runId) {
        Map<UUID, Receipt> open = open(runId);
        open.values().removeIf(this::mayRun);
        retainOpen(open, runId);
        return open.values().stream().map(this.look::at).toList();
    }

    private boolean mayRun(Receipt decision) {
        return this.inFlight.test(decision.actionId()) || this.doubts.isWrittenElsewhere(decision.log());
    }

    /** Decisions of a run that let their action run and were not settled, in their order. */
    private Map<UUID, Receipt> open(RunId runId) {
        List<Receipt> entries = this.store.findByRun(runId);
        if (entries.isEmpty()) {
            throw new UnknownRunException(runId);
        }
        Map<UUID, Receipt> open = new LinkedHashMap<>();
        entries.stream().filter(Receipt::letsRun).forEach(entry -> open.put(entry.actionId(), entry));
        entries.stream().filter(entry -> entry.kind().settles()).forEach(entry -> open.remove(entry.actionId()));
        return open;
    }

    /** What had no outcome yet may have ended before it was asked whether it runs. */
    private void retainOpen(Map<UUID, Receipt> open, RunId runId) {
        if (!open.isEmpty()) {
            open.keySet().retainAll(open(runId).keySet());
        }
    }

    @Override
    public ReconcileReport reconcile(ReconcileRequest request) {
        Optional<UndoLog.Claim> claim;
        try {
            claim = this.undoLog.claim(request.runId());
        } catch (UndoLogException ex) {
            return ReconcileReport.refused(request.runId(), ex.getMessage() + ".");
        }
        if (claim.isEmpty()) {
            return ReconcileReport.refused(
                    request.runId(),
                    "it is being rolled back or reconciled right now, by this process or by another one. Wait for that"
                            + " to end, then look at the run.");
        }
        try (UndoLog.Claim held = claim.get()) {
            return reconcileAlone(request);
        }
    }

    private ReconcileReport reconcileAlone(ReconcileRequest request) {
        RunId runId = request.runId();
        Map<UUID, Receipt> open = open(runId);
        requireKnown(request);
        if (request.actionId() != null) {
            open.keySet().retainAll(List.of(request.actionId()));
        }
        String objection = open.isEmpty() ? null : objection(runId, open);
        if (objection != null) {
            return ReconcileReport.refused(runId, objection);
        }
        retainOpen(open, runId);
        if (open.isEmpty()) {
            return new ReconcileReport(
                    runId,
                    ReconcileReport.Result.NOTHING_IN_DOUBT,
                    List.of(),
                    "Nothing of run " + runId + " is in doubt, so nothing was written.");
        }
        List<UndoRecord> records;
        try {
            records = this.look.records(runId);
        } catch (UndoLogException ex) {
            return ReconcileReport.refused(runId, "the undo log can't be trusted: " + ex.getMessage() + ".");
        }
        List<InDoubtAction> seen = new ArrayList<>();
        for (Receipt decision : open.values()) {
            List<String> late = this.look.cancel(runId, decision.actionId());
            if (!late.isEmpty() && !request.force()) {
                return ReconcileReport.refused(
                        runId,
                        "action " + decision.action() + " may still come to its end. " + String.join(" ", late)
                                + " Ask again, or use force when you know that its executor is gone.");
            }
            seen.add(this.look.at(decision, records));
        }
        return record(request, seen, records);
    }

    private void requireKnown(ReconcileRequest request) {
        UUID wanted = request.actionId();
        if (wanted != null
                && this.store.findByRun(request.runId()).stream()
                        .noneMatch(entry -> entry.letsRun() && entry.actionId().equals(wanted))) {
            throw new IllegalArgumentException(
                    "'action_id' names no action of run " + request.runId() + " that was let through");
        }
    }

    /** Why nobody may settle anything now. */
    private @Nullable String objection(RunId runId, Map<UUID, Receipt> open) {
        Verification verification = this.verifier.verify(runId);
        if (!verification.valid()) {
            VerificationProblem problem = verification.problems().get(0);
            return "entry " + problem.seq() + " of receipt log " + problem.log() + " can't be trusted: "
                    + problem.detail() + ".";
        }
        for (Receipt decision : open.values()) {
            if (this.inFlight.test(decision.actionId())) {
                return "action " + decision.action() + " is still running here. Wait for it to end.";
            }
            if (this.doubts.isWrittenElsewhere(decision.log())) {
                return "action " + decision.action() + " may be still running: another process writes its receipt log, "
                        + decision.log() + ". Reconcile in that application, or stop it and ask again.";
            }
        }
        return null;
    }

    private ReconcileReport record(ReconcileRequest request, List<InDoubtAction> seen, List<UndoRecord> records) {
        for (InDoubtAction action : seen) {
            if (action.finding() != null && request.outcome().contradicts(action.finding()) && !request.force()) {
                return new ReconcileReport(
                        request.runId(),
                        ReconcileReport.Result.REFUSED,
                        seen.stream()
                                .map(each -> new ReconcileReport.Line(each, null))
                                .toList(),
                        "Run " + request.runId() + " was not reconciled: looking says " + action.finding()
                                + " of action " + action.decision().action() + ", not "
                                + request.outcome().word()
                                + ". Look at its steps, and use force if you know better.");
            }
        }
        List<ReconcileReport.Line> lines = new ArrayList<>();
        for (InDoubtAction action : seen) {
            Resolution settled = settled(request, action);
            if (settled != null) {
                this.receipts.append(request, action, settled, records);
            }
            lines.add(new ReconcileReport.Line(action, settled));
        }
        long left = lines.stream().filter(line -> line.settled() == null).count();
        return (left == 0)
                ? new ReconcileReport(
                        request.runId(),
                        ReconcileReport.Result.RECONCILED,
                        lines,
                        "What was in doubt of run " + request.runId() + " is settled.")
                : new ReconcileReport(
                        request.runId(),
                        ReconcileReport.Result.IN_DOUBT,
                        lines,
                        "Looking does not tell what became of " + left + " of " + lines.size() + " actions of run "
                                + request.runId() + ": see them, and say it yourself.");
    }

    private static @Nullable Resolution settled(ReconcileRequest request, InDoubtAction action) {
        if (request.outcome() != Resolution.PROBE) {
            return request.outcome();
        }
        return switch (Objects.requireNonNull(action.finding())) {
            case DONE -> Resolution.COMPLETED;
            case NOT_DONE -> Resolution.NOT_DONE;
            case UNKNOWN -> null;
        };
    }
}
