package cloud.enact.undo;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.encryption.DataKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The undo log for steps that are encrypted with one key, or with none, and begun under some claims. Thread-safe. */
final class UndoLogView implements UndoLog {

    private final DocumentUndoLog log;

    private final Supplier<@Nullable DataKey> key;

    private final List<Claim> claims;

    UndoLogView(DocumentUndoLog log, Supplier<@Nullable DataKey> key, List<Claim> claims) {
        this.log = log;
        this.key = key;
        this.claims = claims;
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
        return this.log.begin(new PendingStep(
                runId, actionId, connector, operation, args, reversibility, capture, this.key.get(), this.claims));
    }

    @Override
    public UndoLog about(ActionRequest action) {
        return this.log.about(action, this.claims);
    }

    @Override
    public UndoLog besides(UndoRecord step) {
        return this.log.besides(step, this.claims);
    }

    @Override
    public UndoLog holding(List<Claim> claims) {
        return new UndoLogView(this.log, this.key, List.copyOf(claims));
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
