package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoChoices;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    public RollbackReport preview(RunId runId) {
        Plan plan;
        RunHistory history;
        try {
            history = this.runs.read(runId);
            refuseWhileRunning(history);
            plan = Plan.of(history, Set.of(), UndoChoices.none(), this.precheck);
        } catch (RefusedException ex) {
            return refused(runId, List.of(), "A rollback of run " + runId + " would be refused: " + ex.getMessage());
        }
        if (isRepeated(history, plan)) {
            return repeated(history, plan);
        }
        Summary summary = new Summary(plan.all());
        RollbackResult result = plan.conflict()
                ? RollbackResult.REFUSED
                : summary.result(!plan.todo().isEmpty());
        return new RollbackReport(
                runId, result, plan.all(), false, summary.wouldBe(runId, result) + history.damageNotes());
    }

    @Override
    public RollbackReport rollback(RollbackRequest request) {
        RunId runId = request.runId();
        Set<Long> both = new TreeSet<>(request.skip());
        both.retainAll(request.force());
        if (!both.isEmpty()) {
            throw new RollbackRequestException(
                    "Steps " + both + " are named both to skip and to force; choose one for each");
        }
        Set<String> rows = new TreeSet<>(request.skipRows());
        rows.retainAll(request.forceRows());
        if (!rows.isEmpty()) {
            throw new RollbackRequestException("A table or row is named both to skip and to force; choose one");
        }
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
        requireSteps(request, history.newestFirst());
        requireRows(request, history.newestFirst());
        Plan plan = Plan.of(history, request.skip(), request.choices(), this.precheck);
        if (isRepeated(history, plan)) {
            return repeated(history, plan);
        }
        Summary planned = new Summary(plan.all());
        if (plan.conflict()) {
            String message = planned.done(runId, RollbackResult.REFUSED) + history.damageNotes();
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

    private static void requireSteps(RollbackRequest request, List<UndoRecord> records) {
        Set<Long> unknown = new TreeSet<>(request.skip());
        unknown.addAll(request.force());
        records.forEach(record -> unknown.remove(record.position()));
        if (!unknown.isEmpty()) {
            throw new RollbackRequestException("The run has no step at position "
                    + unknown.iterator().next() + "; a preview lists the positions of its steps");
        }
    }

    private void requireRows(RollbackRequest request, List<UndoRecord> records) {
        Set<String> rows = new TreeSet<>(request.skipRows());
        rows.addAll(request.forceRows());
        for (String row : rows) {
            List<String> connectors = this.precheck.knowing(records, row);
            if (connectors.isEmpty()) {
                throw new RollbackRequestException("The run changed no table or row of one of the names to skip or to"
                        + " force; a preview lists their names");
            }
            if (connectors.size() > 1) {
                throw new RollbackRequestException("One of the names to skip or to force is in several of " + connectors
                        + "; put one of them and a slash before it");
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
