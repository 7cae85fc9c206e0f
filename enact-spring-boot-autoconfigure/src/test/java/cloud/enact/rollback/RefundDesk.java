package cloud.enact.rollback;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An application with embedded stores that pays refunds, of which nobody can see whether they were paid already. */
final class RefundDesk implements AutoCloseable {

    private static final ReceiptSigner SIGNER = ReceiptSigner.hs256("a secret of more than 32 characters, for tests");

    private static final Clock CLOCK = Clock.systemUTC();

    private final IdGenerator ids = IdGenerator.uuidV7(CLOCK);

    private final Path paid;

    private final SqliteReceiptStore store;

    private final LogLease lease;

    private final ReceiptLog log;

    private final SqliteUndoLog undoLog;

    private final RollbackService service;

    /**
     * Opens it.
     *
     * @param folder where its files are
     * @param beforePaying runs before each refund
     */
    RefundDesk(Path folder, Runnable beforePaying) {
        this.paid = folder.resolve("paid.txt");
        this.store = SqliteReceiptStore.open(folder.resolve("enact.db"));
        this.lease = this.store.lease(this.ids);
        ReceiptKeys keys = ReceiptKeys.of(SIGNER);
        this.log = ReceiptLog.direct(this.lease.log(), this.store, SIGNER, Masking.defaults(), CLOCK);
        this.undoLog = SqliteUndoLog.open(this.store.file(), keys.undoSeal());
        this.service = RollbackService.of(
                this.store,
                this.log,
                new ReceiptVerifier(this.store, keys),
                this.undoLog,
                List.of(new Refunds(beforePaying)),
                actionId -> false,
                this.ids,
                CLOCK);
    }

    /** An action that can be compensated. */
    RunId charge() {
        RunId run = new RunId(this.ids.next());
        ActionRequest request = request(run);
        this.log.append(ReceiptDraft.decided(request, decision(), EnactMode.ENFORCE));
        UndoRecord record = this.undoLog.begin(
                run,
                request.actionId(),
                "refunds",
                "charge",
                Map.of(),
                Reversibility.COMPENSATABLE,
                new Capture(new PreState(Map.of()), new Fingerprint(Map.of())));
        this.undoLog.end(record.position(), UndoRecord.State.DONE, null);
        this.log.append(ReceiptDraft.completed(
                request,
                decision(),
                EnactMode.ENFORCE,
                Instant.now(),
                Reversibility.COMPENSATABLE,
                Map.of("status", "SUCCEEDED"),
                List.of(new ActionStep(
                        "refunds.charge",
                        true,
                        Map.of(),
                        null,
                        Reversibility.COMPENSATABLE,
                        record.position(),
                        record.digest()))));
        return run;
    }

    /** An action without an end. */
    RunId begin() {
        RunId run = new RunId(this.ids.next());
        this.log.append(ReceiptDraft.decided(request(run), decision(), EnactMode.ENFORCE));
        return run;
    }

    private ActionRequest request(RunId run) {
        return new ActionRequest(
                this.ids.next(),
                Run.of(run),
                null,
                "refunds.charge",
                Map.of(),
                Actor.of("agent@example.org"),
                null,
                Reversibility.COMPENSATABLE,
                Instant.now());
    }

    private static Decision decision() {
        return Decision.of(List.of(), EnactMode.ENFORCE, "sha256:00");
    }

    RollbackReport preview(RunId run) {
        return this.service.preview(run);
    }

    RollbackReport rollback(RunId run, Long... force) {
        return this.service.rollback(
                RollbackRequest.of(run, Actor.of("admin@example.org"), null).forcing(force));
    }

    String log() {
        return this.lease.log();
    }

    Path file() {
        return this.store.file();
    }

    /** How many refunds were paid, by whichever process. */
    int paid() throws IOException {
        return Files.exists(this.paid) ? Files.readAllLines(this.paid).size() : 0;
    }

    @Override
    public void close() {
        this.log.close();
        this.undoLog.close();
        this.store.close();
        this.lease.close();
    }

    private final class Refunds implements StepUndo {

        private final Runnable beforePaying;

        private Refunds(Runnable beforePaying) {
            this.beforePaying = beforePaying;
        }

        @Override
        public String connector() {
            return "refunds";
        }

        @Override
        public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
            return newestFirst.stream().map(Refunds::answer).toList();
        }

        @Override
        public StepRestoration undo(UndoRecord record, boolean force) {
            this.beforePaying.run();
            try {
                Files.writeString(RefundDesk.this.paid, "paid\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            return answer(record);
        }

        private static StepRestoration answer(UndoRecord record) {
            return new StepRestoration(record.position(), record.action(), Restoration.RESTORED, "Paid back.");
        }
    }
}
