package cloud.enact.undo;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.encryption.DataKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An undo log that keeps documents in a store, with one commit for all callers that wait at the same time. Where they
 * are kept is up to its subclasses. Thread-safe.
 */
public abstract class DocumentUndoLog implements UndoLog, AutoCloseable {

    private static final Log logger = LogFactory.getLog(DocumentUndoLog.class);

    private static final int MAX_BATCH = 128;

    private final UndoDocuments documents;

    private final @Nullable UndoEncryption encryption;

    private final ReentrantLock writing = new ReentrantLock();

    private final ConcurrentLinkedQueue<PendingStep> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Makes the log.
     *
     * @param seal seals what is written and checks what is read
     * @param encryption encrypts and decrypts arguments and captured state; {@code null} for none
     */
    protected DocumentUndoLog(UndoSeal seal, @Nullable UndoEncryption encryption) {
        this.documents = new UndoDocuments(seal, (encryption != null) ? encryption.keys() : null);
        this.encryption = encryption;
    }

    /**
     * Writes the intents of steps, each under a position of its own, durably when it returns. Called by one thread at a
     * time.
     *
     * @throws RuntimeException when none of them is written
     */
    protected abstract void write(List<PendingStep> batch);

    /**
     * The bytes of an intent.
     *
     * @throws UndoLogException when there is none at that position, or it can't be read
     */
    protected abstract byte[] documentAt(long position);

    /** Makes and reads documents. */
    protected final UndoDocuments documents() {
        return this.documents;
    }

    @Override
    public final UndoLog about(ActionRequest action) {
        return about(action, List.of());
    }

    final UndoLog about(ActionRequest action, List<Claim> claims) {
        @Nullable DataKey key = (this.encryption != null) ? this.encryption.key(action) : null;
        return new UndoLogView(this, () -> key, claims);
    }

    @Override
    public final UndoLog besides(UndoRecord step) {
        return besides(step, List.of());
    }

    final UndoLog besides(UndoRecord step, List<Claim> claims) {
        if (this.encryption == null || !this.encryption.writing()) {
            return new UndoLogView(this, this::ownKey, claims);
        }
        String kid = this.documents.kid(documentAt(step.position()));
        @Nullable DataKey key = (kid != null) ? this.encryption.keys().find(kid) : this.encryption.ownKey();
        return new UndoLogView(this, () -> key, claims);
    }

    @Override
    public UndoLog holding(List<Claim> claims) {
        return new UndoLogView(this, this::ownKey, List.copyOf(claims));
    }

    private @Nullable DataKey ownKey() {
        return (this.encryption != null) ? this.encryption.ownKey() : null;
    }

    @Override
    public final UndoRecord begin(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture) {
        return begin(new PendingStep(
                runId, actionId, connector, operation, args, reversibility, capture, ownKey(), List.of()));
    }

    final UndoRecord begin(PendingStep mine) {
        this.waiting.add(mine);
        this.writing.lock();
        try {
            // whoever gets the lock first commits for everybody who waits
            while (!mine.settled()) {
                commitWaiting();
            }
        } finally {
            this.writing.unlock();
        }
        return mine.outcome();
    }

    private void commitWaiting() {
        List<PendingStep> batch = new ArrayList<>();
        for (PendingStep next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
            batch.add(next);
            if (batch.size() == MAX_BATCH) {
                break;
            }
        }
        try {
            write(batch);
            batch.forEach(PendingStep::committed);
        } catch (RuntimeException ex) {
            batch.forEach(pending -> pending.failed(ex));
        } catch (Error ex) {
            // the others must not wait for ever on a caller that died
            batch.forEach(pending -> pending.failed(new UndoLogException("The undo log broke off", ex)));
            throw ex;
        }
        if (logger.isDebugEnabled()) {
            logger.debug("Undo log committed " + batch.size() + " step(s)");
        }
    }

    @Override
    public abstract void close();
}
