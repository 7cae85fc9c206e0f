package cloud.enact.rollback;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepListener;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts a {@link RollbackService} together. */
public final class RollbackServiceBuilder {

    private final ReceiptStore store;

    private final ReceiptLog receipts;

    private final ReceiptVerifier verifier;

    private final UndoLog undoLog;

    private List<? extends StepUndo> undos = List.of();

    private Predicate<UUID> inFlight = actionId -> false;

    private @Nullable BlobStore blobs;

    private RollbackGate gate = RollbackGate.OPEN;

    private StepListener listener = StepListener.all(List.of());

    RollbackServiceBuilder(ReceiptStore store, ReceiptLog receipts, ReceiptVerifier verifier, UndoLog undoLog) {
        this.store = store;
        this.receipts = receipts;
        this.verifier = verifier;
        this.undoLog = undoLog;
    }

    /**
     * Sets what takes back the steps of the runs.
     *
     * @param undos each for the steps of one connector
     */
    public RollbackServiceBuilder undos(List<? extends StepUndo> undos) {
        this.undos = undos;
        return this;
    }

    /**
     * Sets where content goes that undoing takes away, so that a rollback can be rolled back itself. Without it none can
     * be.
     */
    public RollbackServiceBuilder blobs(BlobStore blobs) {
        this.blobs = blobs;
        return this;
    }

    /**
     * Sets whether an action of an id still runs in this process, so that its run must be left alone; what has no
     * outcome in a log that another process writes is left alone anyway.
     */
    public RollbackServiceBuilder inFlight(Predicate<UUID> inFlight) {
        this.inFlight = inFlight;
        return this;
    }

    /** Sets who is asked before anything is undone. */
    public RollbackServiceBuilder gate(RollbackGate gate) {
        this.gate = gate;
        return this;
    }

    /** Sets who is told what came of each step. */
    public RollbackServiceBuilder listener(StepListener listener) {
        this.listener = listener;
        return this;
    }

    /**
     * Builds it.
     *
     * @param ids names rollbacks
     * @param clock tells when a rollback happened
     * @throws IllegalArgumentException when two of the undos are for the same connector
     */
    public RollbackService build(IdGenerator ids, Clock clock) {
        return new DefaultRollbackService(
                new RunReader(this.store, this.verifier, this.undoLog),
                new RunningActions(this.inFlight, new InDoubtRuns(this.store, this.receipts.id())),
                new Precheck(this.undos),
                this.gate,
                new RollbackReceipts(this.receipts, ids, clock),
                new DoubtSettlement(this.store, this.verifier, this.receipts, clock),
                this.undoLog,
                this.blobs,
                this.listener);
    }
}
