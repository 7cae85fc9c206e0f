package cloud.enact.bench.soak;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.bench.durable.MeasuredLog;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.LeasedReceiptStore;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.jdbc.ReceiptSchema;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/** A receipt log as the starter sets it up, with checkpoints. */
final class SoakedLog implements AutoCloseable {

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    private final Actor actor =
            new Actor("maria@example.org", Set.of("release-manager"), Map.of(), null, null, "benchmark");

    private final Map<String, Object> args =
            Arguments.freeze(Map.of("branch", "release/2026-11", "path", "db/migration/V42__orders.sql"));

    private final Decision decision = Decision.of(
            List.of(
                    Verdict.pass("git.dont-push-to-main", "No protected branch is pushed to."),
                    Verdict.abstain("filesystem.dont-delete-file")),
            EnactMode.ENFORCE,
            "sha256:" + "0".repeat(64));

    private final ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256("a-secret-for-benchmarks-that-is-long-enough"));

    private final LeasedReceiptStore store;

    private final AutoCloseable closing;

    private final LogLease lease;

    private final ReceiptLog log;

    private <T extends LeasedReceiptStore & AutoCloseable> SoakedLog(T store) {
        this.store = store;
        this.closing = store;
        this.lease = store.lease(this.ids);
        this.log = MeasuredLog.open(this.lease, store, this.keys);
    }

    static SoakedLog embedded(Path folder) throws Exception {
        return new SoakedLog(
                SqliteReceiptStore.open(Files.createDirectories(folder).resolve("enact.db")));
    }

    static SoakedLog postgres(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        JdbcReceiptOptions options = JdbcReceiptOptions.defaults();
        ReceiptSchema.initialize(source, options);
        return new SoakedLog(JdbcReceiptStore.open(source, options));
    }

    /** The two receipts of a call; each is handed over once it is durable. */
    void append(Consumer<Receipt> acknowledged) {
        ActionRequest request = new ActionRequest(
                this.ids.next(),
                Run.of(new RunId(this.ids.next())),
                null,
                "git.push_migration",
                this.args,
                this.actor,
                null,
                Reversibility.IRREVERSIBLE,
                Clock.systemUTC().instant());
        acknowledged.accept(this.log.append(ReceiptDraft.decided(request, this.decision, EnactMode.ENFORCE)));
        acknowledged.accept(this.log.append(ReceiptDraft.completed(
                request,
                this.decision,
                EnactMode.ENFORCE,
                Clock.systemUTC().instant(),
                Reversibility.IRREVERSIBLE,
                Map.of(ReceiptDraft.STATUS, "SUCCEEDED"),
                List.of())));
    }

    /** Says whether all that was acknowledged is there, and fails otherwise. */
    void check(Acknowledgements known, long acknowledged) {
        AtomicLong found = new AtomicLong();
        AtomicLong altered = new AtomicLong();
        long start = System.nanoTime();
        Verification verification = new ReceiptVerifier(this.store, this.keys).verifyLog(this.lease.log(), 1, entry -> {
            if (known.contradicts(entry)) {
                altered.incrementAndGet();
            } else if (known.contains(entry)) {
                found.incrementAndGet();
            }
        });
        double elapsed = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s in %.0f s; %,d of %,d acknowledged receipts found, %,d altered%n",
                verification.summary(),
                elapsed,
                found.get(),
                acknowledged,
                altered.get());
        if (!verification.valid() || found.get() != acknowledged || altered.get() > 0) {
            throw new IllegalStateException("Receipts were lost or altered");
        }
    }

    @Override
    public void close() throws Exception {
        this.log.close();
        this.lease.close();
        this.closing.close();
    }
}
