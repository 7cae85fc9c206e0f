package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepListener;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Knows the order of the way back: read and verify, precheck every step, ask whether it may be, record the start, undo,
 * look again, record the end.
 */
final class DefaultRollbackService implements RollbackService {

    private static final Log logger = LogFactory.getLog(DefaultRollbackService.class);

    private final RunReader runs;

    private final RunningActions running;

    private final Precheck precheck;

    private final RollbackGate gate;

    private final RollbackReceipts receipts;

    private final DoubtSettlement doubts;

    private final UndoLog undoLog;

    private final @Nullable BlobStore blobs;

    private final StepListener listener;

    DefaultRollbackService(
            RunReader runs,
            RunningActions running,
            Precheck precheck,
            RollbackGate gate,
            RollbackReceipts receipts,
            DoubtSettlement doubts,
            UndoLog undoLog,
            @Nullable BlobStore blobs,
            StepListener listener) {
        this.runs = runs;
        this.running = running;
        this.precheck = precheck;
        this.gate = gate;
        this.receipts = receipts;
        this.doubts = doubts;
        this.undoLog = undoLog;
        this.blobs = blobs;
        this.listener = listener;
    }

    @Override
    public RollbackReport preview(RollbackRequest request) {
        new RequestCheck(request).requireConsistent();
        RunId runId = request.runId();
        RunHistory history;
        try {
            history = atRest(runId);
        } catch (RefusedException ex) {
            return refused(runId, "A rollback of run " + runId + " would be refused: " + ex.getMessage());
        }
        Prospect prospect = Prospect.of(history, request, this.precheck, this.gate);
        return prospect.repeated() ? prospect.repetition() : prospect.preview();
    }

    private RunHistory atRest(RunId runId) {
        RunHistory history = this.runs.read(runId);
        this.running.requireNone(history);
        long settled = settled(history);
        // what had no outcome yet may have ended before it was asked whether it runs
        if (settled < history.actions().size() && settled < settled(this.runs.read(runId))) {
            throw new RefusedException("An action of the run ended just now. Ask again.");
        }
        return history;
    }

    private static long settled(RunHistory history) {
        return history.actions().stream().filter(RunAction::settled).count();
    }

    @Override
    public RollbackReport rollback(RollbackRequest request) {
        new RequestCheck(request).requireConsistent();
        RunId runId = request.runId();
        RunId root = this.runs.seemingRoot(runId);
        Set<RunId> rights = new LinkedHashSet<>(List.of(root));
        rights.add(runId);
        Claims claims;
        try {
            claims = Claims.take(this.undoLog, rights);
        } catch (UndoLogException ex) {
            return refused(runId, "Run " + runId + " was not rolled back: " + ex.getMessage() + ".");
        }
        try (claims) {
            return claims.complete()
                    ? undo(request, root, claims)
                    : refused(
                            runId,
                            "Run " + runId + " is being rolled back right now, by this process or by another one."
                                    + " Wait for that to end, then look at the run.");
        }
    }

    private RollbackReport undo(RollbackRequest request, RunId root, Claims claims) {
        RunId runId = request.runId();
        RollbackReceipts.OfRollback record = this.receipts.of(request);
        RunHistory history;
        try {
            history = atRest(runId);
            if (!history.root().equals(root)) {
                throw new RefusedException("The receipt store finds run " + root + " as the run it was a rollback of,"
                        + " and its receipts say " + history.root() + ".");
            }
            this.running.stop(history, this.precheck);
        } catch (RefusedException ex) {
            String message = "Run " + runId + " was not rolled back and nothing was touched: " + ex.getMessage();
            return record.refused(refused(runId, message), List.of());
        }
        Prospect prospect = Prospect.of(history, request, this.precheck, this.gate);
        if (prospect.repeated()) {
            RollbackReport repetition = prospect.repetition();
            // a crash may have come between the end of the rollback and what it settles
            this.doubts.settle(history, request, repetition);
            return repetition;
        }
        record.decided(prospect.permission());
        return prospect.refused()
                ? record.refused(prospect.refusal(), history.newestFirst())
                : undo(request, prospect, record, claims);
    }

    private void tell(Plan plan) {
        for (UndoRecord record : plan.todo()) {
            StepRestoration line = plan.lines().get(record.position());
            if (line != null) {
                this.listener.undone(record.connector(), line.restoration());
            }
        }
    }

    private RollbackReport undo(
            RollbackRequest request, Prospect prospect, RollbackReceipts.OfRollback record, Claims claims) {
        RunHistory history = prospect.history();
        Plan plan = prospect.plan();
        Map<Long, UndoTrace> traces = Map.of();
        if (!plan.todo().isEmpty()) {
            record.started(plan.todo().size());
            logger.debug("Rolling back run " + history.runId());
            UndoProgress progress =
                    new UndoProgress(this.undoLog.holding(claims.taken()), record.runId(), record.actionId());
            traces = new Execution(this.precheck, progress, request.choices(), this.blobs).run(plan);
            tell(plan);
        }
        List<StepRestoration> late = Latecomers.of(history, this.runs);
        List<StepRestoration> lines = Latecomers.before(plan.all(), late);
        Summary summary = new Summary(lines);
        // a refusal says that nothing was touched, which nobody can say of a run that goes on
        RollbackResult result = summary.result(!plan.todo().isEmpty() || !late.isEmpty());
        RollbackReport report = record.ended(
                new RollbackReport(
                        history.runId(), result, lines, summary.done(history.runId(), result) + prospect.notes()),
                history.newestFirst(),
                traces,
                history.earlier());
        this.doubts.settle(history, request, report);
        return report;
    }

    private static RollbackReport refused(RunId runId, String message) {
        return new RollbackReport(runId, RollbackResult.REFUSED, List.of(), message);
    }
}
