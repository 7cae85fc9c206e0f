package cloud.enact.recovery;

import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Puts a {@link RecoveryService} together. */
public final class RecoveryServiceBuilder {

    private final ReceiptStore store;

    private final ReceiptLog receipts;

    private final ReceiptVerifier verifier;

    private final UndoLog undoLog;

    private List<? extends StepUndo> undos = List.of();

    private Predicate<UUID> inFlight = actionId -> false;

    private Predicate<String> stepsOnly = action -> false;

    RecoveryServiceBuilder(ReceiptStore store, ReceiptLog receipts, ReceiptVerifier verifier, UndoLog undoLog) {
        this.store = store;
        this.receipts = receipts;
        this.verifier = verifier;
        this.undoLog = undoLog;
    }

    /**
     * Sets who can look.
     *
     * @param undos each for the steps of one connector
     */
    public RecoveryServiceBuilder undos(List<? extends StepUndo> undos) {
        this.undos = undos;
        return this;
    }

    /** Sets whether an action of an id still runs in this process. */
    public RecoveryServiceBuilder inFlight(Predicate<UUID> inFlight) {
        this.inFlight = inFlight;
        return this;
    }

    /** Sets whether an action of a name does nothing but the operation of a connector, so that its steps tell all. */
    public RecoveryServiceBuilder stepsOnly(Predicate<String> stepsOnly) {
        this.stepsOnly = stepsOnly;
        return this;
    }

    /**
     * Builds it.
     *
     * @param clock tells when something was settled
     */
    public RecoveryService build(Clock clock) {
        return new DefaultRecoveryService(
                this.store,
                this.verifier,
                this.undoLog,
                new InDoubtRuns(this.store, this.receipts.id()),
                this.inFlight,
                new Look(this.undoLog, this.undos, this.stepsOnly),
                new ReconcileReceipts(this.receipts, clock));
    }
}
