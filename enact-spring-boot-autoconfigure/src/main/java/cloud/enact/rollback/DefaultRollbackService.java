package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Knows the order of the way back: read and verify, precheck every step, record the start, undo, look again, record the end. */
final class DefaultRollbackService implements RollbackService {

    private static final Log logger = LogFactory.getLog(DefaultRollbackService.class);

    private final RunReader runs;

    private final Precheck precheck;

    private final RollbackReceipts receipts;

    private final UndoLog undoLog;

    private final Predicate<UUID> inFlight;

    private final InDoubtRuns inDoubt;

    DefaultRollbackService(
            RunReader runs,
            Precheck precheck,
            RollbackReceipts receipts,
            UndoLog undoLog,
            Predicate<UUID> inFlight,
            InDoubtRuns inDoubt) {
        this.runs = runs;
        this.precheck = precheck;
        this.receipts = receipts;
        this.undoLog = undoLog;
        this.inFlight = inFlight;
        this.inDoubt = inDoubt;
    }

    @Override
    public RollbackReport preview(RollbackRequest request) {
        new RequestCheck(request).requireConsistent();
        RunId runId = request.runId();
        Plan plan;
        RunHistory history;
        try {
            history = this.runs.read(runId);
            refuseWhileRunning(history);
        } catch (RefusedException ex) {
            return refused(runId, List.of(), "A rollback of run " + runId + " would be refused: " + ex.getMessage());
        }
        new RequestCheck(request).requireKnown(history.newestFirst(), this.precheck);
        plan = Plan.of(history, request, this.precheck);
        if (isRepeated(history, plan)) {
            return repeated(history, plan);
        }
        Summary summary = new Summary(plan.all());
        String missing = Dependants.missing(plan.changing(), plan.leftOut(), this.precheck);
        if (missing != null) {
            return refused(
                    runId,
                    plan.all(),
                    "A rollback of run " + runId + " would be refused: " + missing + history.damageNotes());
        }
        RollbackResult result = plan.conflict()
                ? RollbackResult.REFUSED
                : summary.result(!plan.todo().isEmpty());
        return new RollbackReport(
                runId, result, plan.all(), false, summary.wouldBe(runId, result) + history.damageNotes());
    }

    @Override
    public RollbackReport rollback(RollbackRequest request) {
        RunId runId = request.runId();
        new RequestCheck(request).requireConsistent();
        Optional<UndoLog.Claim> claim;
        try {
            claim = this.undoLog.claim(runId);
        } catch (UndoLogException ex) {
            return refused(runId, List.of(), "Run " + runId + " was not rolled back: " + ex.getMessage() + ".");
        }
        if (claim.isEmpty()) {
            return refused(
                    runId,
                    List.of(),
                    "Run " + runId + " is being rolled back right now, by this process or by another one."
                            + " Wait for that to end, then look at the run.");
        }
        try {
            return undo(request);
        } finally {
            claim.get().close();
        }
    }

    private RollbackReport undo(RollbackRequest request) {
        RunId runId = request.runId();
        RollbackReceipts.OfRollback record = this.receipts.of(request);
        RunHistory history;
        try {
            history = this.runs.read(runId);
            refuseWhileRunning(history);
        } catch (RefusedException ex) {
            String message = "Run " + runId + " was not rolled back and nothing was touched: " + ex.getMessage();
            return record.ended(refused(runId, List.of(), message), List.of());
        }
        new RequestCheck(request).requireKnown(history.newestFirst(), this.precheck);
        Plan plan = Plan.of(history, request, this.precheck);
        if (isRepeated(history, plan)) {
            return repeated(history, plan);
        }
        Summary planned = new Summary(plan.all());
        String missing = Dependants.missing(plan.changing(), plan.leftOut(), this.precheck);
        if (plan.conflict() || missing != null) {
            String message = ((missing != null)
                            ? "Run " + runId + " was not rolled back and nothing was touched: " + missing
                            : planned.done(runId, RollbackResult.REFUSED))
                    + history.damageNotes();
            return record.ended(refused(runId, plan.untouched(), message), history.newestFirst());
        }
        if (!plan.todo().isEmpty()) {
            record.started(plan.todo().size());
            logger.debug("Rolling back run " + runId);
            UndoProgress progress = new UndoProgress(this.undoLog, record.runId(), record.actionId());
            new Execution(this.precheck, progress, request.choices()).run(plan);
        }
        List<StepRestoration> late = Latecomers.of(history, this.runs);
        List<StepRestoration> lines = Latecomers.before(plan.all(), late);
        Summary summary = new Summary(lines);
        // a refusal says that nothing was touched, which nobody can say of a run that goes on
        RollbackResult result = summary.result(!plan.todo().isEmpty() || !late.isEmpty());
        return record.ended(
                new RollbackReport(runId, result, lines, false, summary.done(runId, result) + history.damageNotes()),
                history.newestFirst());
    }

    private void refuseWhileRunning(RunHistory history) {
        for (RunAction action : history.actions()) {
            if (action.settled()) {
                continue;
            }
            if (this.inFlight.test(action.id())) {
                throw new RefusedException("Action " + action.name()
                        + " of the run is still running. Wait for it to end, then ask again.");
            }
            if (this.inDoubt.isWrittenElsewhere(action.log())) {
                throw new RefusedException("Action " + action.name() + " of the run has no outcome and may be still"
                        + " running: another process writes its receipt log, " + action.log()
                        + ". Roll back from that application, or stop it and ask again.");
            }
        }
    }

    private static boolean isRepeated(RunHistory history, Plan plan) {
        return !plan.remaining() && history.earlier().last() != null;
    }

    private static RollbackReport repeated(RunHistory history, Plan plan) {
        Summary summary = new Summary(plan.all());
        RollbackResult result = summary.result(true);
        // rows that were left as they are stay so
        boolean partial = result == RollbackResult.ROLLED_BACK
                && RollbackResult.PARTIAL.name().equals(history.earlier().last());
        return new RollbackReport(
                history.runId(),
                partial ? RollbackResult.PARTIAL : result,
                plan.all(),
                true,
                summary.repeated(history.runId()) + history.damageNotes());
    }

    private static RollbackReport refused(RunId runId, List<StepRestoration> lines, String message) {
        return new RollbackReport(runId, RollbackResult.REFUSED, lines, false, message);
    }
}
