package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.Anchors;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.Verification;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import cloud.enact.undo.StepProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** What the next application finds of the receipts of one that died. */
final class Records {

    private static final int PAGE = 500;

    private final ReceiptStore store;

    private final ReceiptLog log;

    private final ReceiptKeys keys;

    private final CheckpointKeys checkpointKeys;

    private final List<AnchorSource> anchors;

    private final RecoveryService recovery;

    Records(ApplicationContext next) {
        this.store = next.getBean(ReceiptStore.class);
        this.log = next.getBean(ReceiptLog.class);
        this.keys = next.getBean(ReceiptKeys.class);
        this.checkpointKeys = next.getBean(CheckpointKeys.class);
        this.anchors = List.copyOf(next.getBeansOfType(AnchorSource.class).values());
        this.recovery = next.getBean(RecoveryService.class);
    }

    ReceiptStore store() {
        return this.store;
    }

    /** Kinds of the receipts of a run, in order. */
    List<ReceiptKind> kinds(RunId runId) {
        return this.store.findByRun(runId).stream().map(Receipt::kind).toList();
    }

    /** Whether a run is on record as one that came to its end, which without its database it may not. */
    boolean succeeded(RunId runId) {
        return this.store.findByRun(runId).stream()
                .anyMatch(receipt -> receipt.kind() == ReceiptKind.COMPLETED
                        && "SUCCEEDED".equals(receipt.fields().get("outcome")));
    }

    /** Every acknowledged receipt is there, as it was acknowledged. */
    void assertNothingAcknowledgedIsLost(List<Report> reports) {
        for (Report report : reports) {
            if (report.word().equals(Report.RECEIPT)) {
                String acknowledged = report.values().get(0);
                long seq = Long.parseLong(report.values().get(1));
                assertThat(this.store.find(acknowledged, seq).map(Receipt::signature))
                        .as("acknowledged receipt %s/%s", acknowledged, seq)
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
        ReceiptVerifier verifier = new ReceiptVerifier(this.store, this.keys);
        for (String id : this.store.logs()) {
            long from = checked.getOrDefault(id, 0L) + 1;
            Verification verification = verifier.verifyLog(id, from, Long.MAX_VALUE);
            assertThat(verification.problems()).as("log " + id).isEmpty();
            assertThat(verification.valid() || verification.checked() == 0).isTrue();
            long next = from;
            for (List<Receipt> page = this.store.read(id, next, PAGE);
                    !page.isEmpty();
                    page = this.store.read(id, next, PAGE)) {
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
            checked.put(id, next - 1);
        }
        assertThat(new InDoubtRuns(this.store, this.log.id()).find(actionId -> false))
                .extracting(Receipt::actionId)
                .containsExactlyInAnyOrderElementsOf(open);
    }

    /**
     * Every log from its first entry on, beside the checkpoints in the store and those outside of it.
     *
     * @return how many checkpoints are remembered outside the store
     */
    long assertAllIsValid() {
        Anchors remembered = Anchors.read(this.anchors, this.checkpointKeys);
        Verification verification = new ReceiptVerifier(this.store, this.keys)
                .with(SignedHeads.of(this.checkpointKeys, this.store).with(remembered))
                .verifyAll();
        assertThat(verification.problems()).isEmpty();
        return this.store.logs().stream().mapToLong(remembered::count).sum();
    }

    /**
     * What became of each action in doubt is found out by looking, as what it changed itself tells it.
     *
     * @param changed whether what a run was about is not as it was before it
     * @param settle whether that is put on record as well
     * @return how many were in doubt
     */
    int assertDoubtsAreExplained(List<Report> reports, Changed changed, boolean settle) throws Exception {
        List<InDoubtAction> doubts = this.recovery.look(Integer.MAX_VALUE, Duration.ofMinutes(1));
        for (InDoubtAction doubt : doubts) {
            RunId runId = doubt.decision().runId();
            Report tried = reports.stream()
                    .filter(report -> report.word().equals(Report.TRY)
                            && report.values().get(1).equals(runId.toString()))
                    .findFirst()
                    .orElseThrow();
            boolean done = changed.by(tried);
            assertThat(doubt.finding())
                    .as("%s, which is %s", doubt, done ? "changed" : "as before")
                    .isIn(
                            done
                                    ? List.of(StepProbe.Finding.DONE)
                                    // steps may take back what others did
                                    : List.of(StepProbe.Finding.DONE, StepProbe.Finding.NOT_DONE));
            if (settle) {
                assertThat(probed(runId).result()).isEqualTo(ReconcileReport.Result.RECONCILED);
            }
        }
        return doubts.size();
    }

    /**
     * Everything that was in doubt is settled. Left is what had not begun any step, of which a rollback has nothing to
     * say, and what was done while no receipt of that could be written.
     */
    void assertNothingStaysInDoubt(List<Report> reports) {
        for (InDoubtAction doubt : this.recovery.inDoubt()) {
            RunId runId = doubt.decision().runId();
            boolean done = reports.stream()
                    .anyMatch(report -> report.word().equals(Report.DONE)
                            && report.values().get(1).equals(runId.toString()));
            ReconcileReport report = probed(runId);
            assertThat(report.actions())
                    .as("%s, which is %s", report, done ? "done" : "not done")
                    .allSatisfy(line ->
                            assertThat(line.settled()).isEqualTo(done ? Resolution.COMPLETED : Resolution.NOT_DONE))
                    .allSatisfy(
                            line -> assertThat(line.action().steps().isEmpty()).isEqualTo(!done));
        }
        assertThat(this.recovery.inDoubt()).isEmpty();
    }

    private ReconcileReport probed(RunId runId) {
        return this.recovery.reconcile(ReconcileRequest.of(runId, Resolution.PROBE, Worker.ACTOR, null));
    }

    /** Looks at what a run changed. */
    interface Changed {

        boolean by(Report tried) throws Exception;
    }
}
