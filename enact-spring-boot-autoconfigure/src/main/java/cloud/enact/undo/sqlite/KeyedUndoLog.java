package cloud.enact.undo.sqlite;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.encryption.DataKey;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The undo log for steps that are encrypted with one key, or with none. Thread-safe. */
final class KeyedUndoLog implements UndoLog {

    private final SqliteUndoLog log;

    private final @Nullable DataKey key;

    KeyedUndoLog(SqliteUndoLog log, @Nullable DataKey key) {
        this.log = log;
        this.key = key;
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
        return this.log.begin(runId, actionId, connector, operation, args, reversibility, capture, this.key);
    }

    @Override
    public UndoLog about(ActionRequest action) {
        return this.log.about(action);
    }

    @Override
    public UndoLog besides(UndoRecord step) {
        return this.log.besides(step);
    }

    @Override
    public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        this.log.end(position, state, fingerprint);
    }

    @Override
    public List<UndoRecord> findByRun(RunId runId) {
        return this.log.findByRun(runId);
    }

    @Override
    public Optional<Claim> claim(RunId runId) {
        return this.log.claim(runId);
    }
}
