package cloud.enact.bench.durable;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointOptions;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.LeasedReceiptStore;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A log as the starter sets it up, with checkpoints. Each caller leaves the decision of a call and its outcome in turn:
 * real receipts, of 1 kB on the average, masked and signed.
 */
public final class MeasuredLog implements AutoCloseable {

    private static final int CHECKPOINT_EVERY = 10_000;

    private static final String NOTE =
            "Move customers of the old tariff in Norway and Sweden to its successor, as agreed"
                    + " with sales on Tuesday. The nightly job picks up the rest; see the note in the release plan.";

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    private final Actor actor =
            new Actor("maria@example.org", Set.of("release-manager"), Map.of(), null, null, "benchmark");

    private final Map<String, Object> args = Arguments.freeze(
            Map.of("branch", "release/2026-11", "path", "/srv/shop/db/migrations/V42__notes.sql", "message", NOTE));

    private final Decision decision = Decision.of(
            List.of(
                    Verdict.pass("git.dont-push-to-main", "No protected branch is pushed to."),
                    Verdict.pass("db.protect-tables", "No protected table is touched."),
                    Verdict.abstain("filesystem.dont-delete-file")),
            EnactMode.ENFORCE,
            "sha256:" + "0".repeat(64));

    private final ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256("a-secret-for-benchmarks-that-is-long-enough"));

    /** What each caller decided, while its outcome is missing. */
    private final ActionRequest[] decided;

    private final LogLease lease;

    private final ReceiptLog log;

    MeasuredLog(LeasedReceiptStore store, int callers) {
        this.decided = new ActionRequest[callers];
        this.lease = store.lease(this.ids);
        this.log = open(this.lease, store, this.keys);
        System.out.println("# bytes of a decision: " + append(0).size() + ", of an outcome: "
                + append(0).size());
    }

    /** A log as the starter sets it up, with checkpoints. */
    public static ReceiptLog open(LogLease lease, LeasedReceiptStore store, ReceiptKeys keys) {
        CheckpointSigner signer = CheckpointSigner.derivedFrom("benchmark", keys.signer());
        return ReceiptLog.groupCommit(
                lease.log(),
                store,
                keys,
                Masking.defaults(),
                ReceiptLogOptions.defaults(),
                new CheckpointOptions(
                        signer,
                        CheckpointKeys.of(List.of(signer.key())),
                        List.of(),
                        CHECKPOINT_EVERY,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10)),
                Clock.systemUTC());
    }

    Receipt append(int caller) {
        ActionRequest request = this.decided[caller];
        if (request == null) {
            request = new ActionRequest(
                    this.ids.next(),
                    Run.of(new RunId(this.ids.next())),
                    null,
                    "git.push_migration",
                    this.args,
                    this.actor,
                    null,
                    Reversibility.IRREVERSIBLE,
                    Clock.systemUTC().instant());
            this.decided[caller] = request;
            return this.log.append(ReceiptDraft.decided(request, this.decision, EnactMode.ENFORCE));
        }
        this.decided[caller] = null;
        return this.log.append(ReceiptDraft.completed(
                request,
                this.decision,
                EnactMode.ENFORCE,
                Clock.systemUTC().instant(),
                Reversibility.IRREVERSIBLE,
                Map.of(ReceiptDraft.STATUS, "SUCCEEDED"),
                List.of()));
    }

    @Override
    public void close() {
        this.log.close();
        this.lease.close();
    }
}
