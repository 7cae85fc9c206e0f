package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Knows the order of the way back: read and verify, precheck every step, record the start, undo, record the end. */
final class DefaultRollbackService implements RollbackService {

    private static final Log logger = LogFactory.getLog(DefaultRollbackService.class);

    private final RunReader runs;

    private final Precheck precheck;

    private final RollbackReceipts receipts;

    private final UndoLog undoLog;

    private final Predicate<UUID> inFlight;

    /** Runs that are being rolled back in this JVM. */
    private final Set<RunId> active = ConcurrentHashMap.newKeySet();

    DefaultRollbackService(
            RunReader runs, Precheck precheck, RollbackReceipts receipts, UndoLog undoLog, Predicate<UUID> inFlight) {
        this.runs = runs;
        this.precheck = precheck;
        this.receipts = receipts;
        this.undoLog = undoLog;
        this.inFlight = inFlight;
    }

    @Override
    public RollbackReport preview(RunId runId) {
        Plan plan;
        RunHistory history;
        try {
            history = this.runs.read(runId);
            refuseWhileRunning(history);
            plan = Plan.of(history, Set.of(), Set.of(), this.precheck);
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
        return new RollbackReport(runId, result, plan.all(), false, summary.wouldBe(runId, result));
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
        if (!this.active.add(runId)) {
            return refused(
                    runId,
                    List.of(),
                    "Run " + runId + " is being rolled back right now. Wait for that to end, then look at the run.");
        }
        try {
            return undo(request);
        } finally {
            this.active.remove(runId);
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
        Plan plan = Plan.of(history, request.skip(), request.force(), this.precheck);
        if (isRepeated(history, plan)) {
            return repeated(history, plan);
        }
        Summary planned = new Summary(plan.all());
        if (plan.conflict()) {
            String message = planned.done(runId, RollbackResult.REFUSED);
            return record.ended(refused(runId, plan.untouched(), message), history.newestFirst());
        }
        if (!plan.todo().isEmpty()) {
            record.started(plan.todo().size());
            logger.debug("Rolling back run " + runId);
            UndoProgress progress = new UndoProgress(this.undoLog, record.runId(), record.actionId());
            new Execution(this.precheck, progress, request.force()).run(plan);
        }
        List<StepRestoration> lines = plan.all();
        Summary summary = new Summary(lines);
        RollbackResult result = summary.result(!plan.todo().isEmpty());
        return record.ended(
                new RollbackReport(runId, result, lines, false, summary.done(runId, result)), history.newestFirst());
    }

    private void refuseWhileRunning(RunHistory history) {
        for (RunAction action : history.actions()) {
            if (action.ran() && !action.settled() && this.inFlight.test(action.id())) {
                throw new RefusedException("Action " + action.name()
                        + " of the run is still running. Wait for it to end, then ask again.");
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

    private static boolean isRepeated(RunHistory history, Plan plan) {
        return !plan.remaining() && history.earlier().last() != null;
    }

    private static RollbackReport repeated(RunHistory history, Plan plan) {
        Summary summary = new Summary(plan.all());
        return new RollbackReport(
                history.runId(), summary.result(true), plan.all(), true, summary.repeated(history.runId()));
    }

    private static RollbackReport refused(RunId runId, List<StepRestoration> lines, String message) {
        return new RollbackReport(runId, RollbackResult.REFUSED, lines, false, message);
    }
}
