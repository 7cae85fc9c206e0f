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
import org.jspecify.annotations.Nullable;

/** An undo log whose process dies after so many writes: nothing that came before is lost, nothing comes after. */
final class CrashingUndoLog implements UndoLog {

    private final UndoLog undoLog;

    private int left;

    CrashingUndoLog(UndoLog undoLog, int writes) {
        this.undoLog = undoLog;
        this.left = writes;
    }

    /** Not an exception, so that nobody who handles failures survives it. */
    static final class ProcessDied extends Error {}

    private void write() {
        if (this.left-- <= 0) {
            throw new ProcessDied();
        }
    }

    @Override
    public UndoRecord begin(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture) {
        write();
        return this.undoLog.begin(runId, actionId, connector, operation, args, reversibility, capture);
    }

    @Override
    public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        write();
        this.undoLog.end(position, state, fingerprint);
    }

    @Override
    public List<UndoRecord> findByRun(RunId runId) {
        return this.undoLog.findByRun(runId);
    }

    @Override
    public Optional<Claim> claim(RunId runId) {
        return this.undoLog.claim(runId);
    }
}
