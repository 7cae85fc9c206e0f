package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What a dead worker left behind, opened as the next application would open it. */
final class Wreck implements AutoCloseable {

    private static final int PAGE = 500;

    private final Path folder;

    private final SqliteReceiptStore store;

    private final LogLease lease;

    private final ReceiptLog log;

    private final SqliteUndoLog undoLog;

    private final FilesystemConnector connector;

    private final ReceiptVerifier verifier;

    private final RollbackService rollbacks;

    private final RecoveryService recovery;

    private Wreck(Path folder) throws IOException {
        ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256(Worker.SECRET));
        Clock clock = Clock.systemUTC();
        IdGenerator ids = IdGenerator.uuidV7(clock);
        this.folder = folder;
        this.store = SqliteReceiptStore.open(Worker.store(folder));
        this.lease = this.store.lease(ids);
        this.log = ReceiptLog.groupCommit(
                this.lease.log(), this.store, keys.signer(), Masking.defaults(), ReceiptLogOptions.defaults(), clock);
        this.undoLog = SqliteUndoLog.open(Worker.store(folder), keys.undoSeal());
        this.connector = FilesystemConnector.undoOnly(
                "filesystem", Worker.files(folder), BlobStore.inDirectory(Worker.blobs(folder)));
        this.verifier = new ReceiptVerifier(this.store, keys);
        this.rollbacks = RollbackService.of(
                this.store,
                this.log,
                this.verifier,
                this.undoLog,
                List.of(this.connector.undo()),
                actionId -> false,
                ids,
                clock);
        this.recovery = RecoveryService.over(this.store, this.log, this.verifier, this.undoLog)
                .undos(List.of(this.connector.undo()))
                .build(clock);
    }

    static Wreck open(Path folder) throws IOException {
        return new Wreck(folder);
    }

    SqliteReceiptStore store() {
        return this.store;
    }

    /** Every acknowledged receipt is there, as it was acknowledged. */
    void assertNothingAcknowledgedIsLost(List<Report> reports) {
        for (Report report : reports) {
            if (report.word().equals(Report.RECEIPT)) {
                String log = report.values().get(0);
                long seq = Long.parseLong(report.values().get(1));
                assertThat(this.store.find(log, seq).map(Receipt::signature))
                        .as("acknowledged receipt %s/%s", log, seq)
                        .contains(report.values().get(2));
            }
        }
    }

    /**
     * Every log is valid, without a gap or a fork, from where it was checked last; and the decisions without an outcome
     * are those that are listed in doubt.
     *
     * @param checked log ids with the last place that was checked; brought up to date
     * @param open decisions without outcome so far; brought up to date
     */
    void assertLogsAreWhole(Map<String, Long> checked, Set<UUID> open) {
        for (String log : this.store.logs()) {
            long from = checked.getOrDefault(log, 0L) + 1;
            Verification verification = this.verifier.verifyLog(log, from, Long.MAX_VALUE);
            assertThat(verification.problems()).as("log " + log).isEmpty();
            assertThat(verification.valid() || verification.checked() == 0).isTrue();
            long next = from;
            for (List<Receipt> page = this.store.read(log, next, PAGE);
                    !page.isEmpty();
                    page = this.store.read(log, next, PAGE)) {
                for (Receipt receipt : page) {
                    if (receipt.letsRun()) {
                        open.add(receipt.actionId());
                    } else if (receipt.kind().settles()) {
                        open.remove(receipt.actionId());
                    }
                    next = receipt.seq() + 1;
                }
            }
            assertThat(verification.checked()).isEqualTo(next - from);
            checked.put(log, next - 1);
        }
        assertThat(new InDoubtRuns(this.store, this.log.id()).find(actionId -> false))
                .extracting(Receipt::actionId)
                .containsExactlyInAnyOrderElementsOf(open);
    }

    /** Every log from its first entry on. */
    void assertAllIsValid() {
        assertThat(this.verifier.verifyAll().problems()).isEmpty();
    }

    /**
     * What became of each action in doubt is found out by looking, as the files themselves tell it.
     *
     * @param settle whether that is put on record as well
     * @return how many were in doubt
     */
    int assertDoubtsAreExplained(List<Report> reports, boolean settle) throws IOException {
        List<InDoubtAction> doubts = this.recovery.look(Integer.MAX_VALUE, Duration.ofMinutes(1));
        for (InDoubtAction doubt : doubts) {
            RunId runId = doubt.decision().runId();
            Report last = reports.stream()
                    .filter(report -> report.word().equals(Report.TRY)
                            && report.values().get(1).equals(runId.toString()))
                    .findFirst()
                    .orElseThrow();
            String before = last.values().get(3);
            boolean changed = !Tree.of(Worker.files(this.folder), last.values().get(0))
                    .digest()
                    .equals(before);
            assertThat(doubt.finding())
                    .as("%s, which is %s", doubt, changed ? "changed" : "as before")
                    .isIn(
                            changed
                                    ? List.of(StepProbe.Finding.DONE)
                                    // steps may take back what others did
                                    : List.of(StepProbe.Finding.DONE, StepProbe.Finding.NOT_DONE));
            if (settle) {
                assertThat(this.recovery
                                .reconcile(ReconcileRequest.of(runId, Resolution.PROBE, Worker.ACTOR, null))
                                .result())
                        .isEqualTo(ReconcileReport.Result.RECONCILED);
            }
        }
        return doubts.size();
    }

    /** Everything that was in doubt is settled; of what had not begun any step a rollback has nothing to say. */
    void assertNothingStaysInDoubt() {
        for (InDoubtAction doubt : this.recovery.inDoubt()) {
            ReconcileReport report = this.recovery.reconcile(
                    ReconcileRequest.of(doubt.decision().runId(), Resolution.PROBE, Worker.ACTOR, null));
            assertThat(report.actions())
                    .as("%s", report)
                    .allSatisfy(line -> assertThat(line.settled()).isEqualTo(Resolution.NOT_DONE))
                    .allSatisfy(line -> assertThat(line.action().steps()).isEmpty());
        }
        assertThat(this.recovery.inDoubt()).isEmpty();
    }

    /** Kinds of the receipts of a run, in order. */
    List<ReceiptKind> kinds(RunId runId) {
        return this.store.findByRun(runId).stream().map(Receipt::kind).toList();
    }

    /**
     * For each directory of a worker: what is there is as before or after a step of what it did last, and when that
     * did not come to its end, rolling it back brings everything back.
     *
     * @return how many runs were rolled back
     */
    int assertFilesAreWholeAndComeBack(List<Report> reports) throws IOException {
        Set<String> directories = new TreeSet<>();
        reports.stream()
                .filter(report -> !report.word().equals(Report.RECEIPT))
                .forEach(report -> directories.add(report.values().get(0)));
        int rolledBack = 0;
        for (String directory : directories) {
            rolledBack += settle(directory, last(directory, reports));
        }
        return rolledBack;
    }

    private static Report last(String directory, List<Report> reports) {
        List<Report> own = reports.stream()
                .filter(report -> !report.word().equals(Report.RECEIPT)
                        && report.values().get(0).equals(directory))
                .toList();
        return own.get(own.size() - 1);
    }

    private int settle(String directory, Report last) throws IOException {
        Path files = Worker.files(this.folder);
        RunId runId = RunId.parse(last.values().get(1));
        String found = Tree.of(files, directory).digest();
        if (last.word().equals(Report.DONE) || last.word().equals(Report.UNDONE)) {
            assertThat(found)
                    .as("%s as acknowledged", directory)
                    .isEqualTo(last.values().get(2));
            return 0;
        }
        boolean undoing = last.word().equals(Report.UNDO);
        List<String> states = last.values().subList(3, last.values().size());
        String before = states.get(undoing ? states.size() - 1 : 0);
        String after = states.get(undoing ? 0 : states.size() - 1);
        List<ReceiptKind> kinds = kinds(runId);
        assertThat(found).as("%s of %s, which was %s", directory, last, kinds).isIn(states);
        if (kinds.isEmpty()) {
            assertThat(found)
                    .as("nothing was decided in %s, so nothing changed", directory)
                    .isEqualTo(before);
            return 0;
        }
        if (!undoing && kinds.contains(ReceiptKind.COMPLETED)) {
            assertThat(found)
                    .as("%s is done, though nobody heard of it", directory)
                    .isEqualTo(after);
            return 0;
        }
        RollbackReport report = this.rollbacks.rollback(RollbackRequest.of(runId, Worker.ACTOR, "after a crash"));
        assertThat(report.result())
                .as("%s of %s: %s", directory, last, report)
                .isIn(RollbackResult.ROLLED_BACK, RollbackResult.NOTHING_TO_UNDO);
        assertThat(Tree.of(files, directory).digest())
                .as("%s of %s, which was %s, after %s", directory, last, kinds, report)
                .isEqualTo(before);
        assertThat(Tree.directories(files, directory))
                .as("directories in %s of %s after %s", directory, last, report)
                .isEqualTo(last.values().get(2));
        return 1;
    }

    @Override
    public void close() throws IOException {
        this.connector.close();
        this.log.close();
        this.undoLog.close();
        this.store.close();
        this.lease.close();
    }
}
