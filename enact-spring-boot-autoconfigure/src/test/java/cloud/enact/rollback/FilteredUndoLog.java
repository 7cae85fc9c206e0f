package cloud.enact.rollback;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An undo log out of which somebody took records. */
record FilteredUndoLog(UndoLog undoLog, Predicate<UndoRecord> left) implements UndoLog {

    @Override
    public UndoRecord begin(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture) {
        return this.undoLog.begin(runId, actionId, connector, operation, args, reversibility, capture);
    }

    @Override
    public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        this.undoLog.end(position, state, fingerprint);
    }

    @Override
    public List<UndoRecord> findByRun(RunId runId) {
        return this.undoLog.findByRun(runId).stream().filter(this.left).toList();
    }

    @Override
    public Optional<Claim> claim(RunId runId) {
        return this.undoLog.claim(runId);
    }
}
