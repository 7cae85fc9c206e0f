package cloud.enact.bench;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Receipts of 1 kB, signed with HMAC, verified on one thread: read, signature, chain, key in force. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx256m"})
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 6, time = 1)
@Threads(1)
public class VerificationBenchmark {

    private static final int ENTRIES = 20_000;

    private static final int BYTES = 1_000;

    /** As exported: the bytes of one entry after the other. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Verification export(Log log) {
        ExportVerifier verifier = new ExportVerifier(log.keys, true);
        for (byte[] entry : log.entries) {
            verifier.add(entry);
        }
        return valid(verifier.result());
    }

    /** As kept in the embedded store: with rows, columns and pages. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Verification embeddedStore(Log log) {
        return valid(new ReceiptVerifier(log.store, log.keys).verifyLog(log.id));
    }

    private static Verification valid(Verification verification) {
        if (!verification.valid() || verification.checked() != ENTRIES) {
            throw new IllegalStateException(verification.summary());
        }
        return verification;
    }

    @State(Scope.Benchmark)
    public static class Log {

        private final Clock clock = Clock.systemUTC();

        private final IdGenerator ids = IdGenerator.uuidV7(this.clock);

        private Path folder;

        private SqliteReceiptStore store;

        private LogLease lease;

        private String id;

        private ReceiptKeys keys;

        private List<byte[]> entries;

        @Setup
        public void write() throws IOException {
            ReceiptSigner signer = ReceiptSigner.hs256("a secret of more than 32 characters, to measure");
            this.keys = ReceiptKeys.of(signer);
            this.folder = Files.createTempDirectory("enact-verification");
            this.store = SqliteReceiptStore.open(this.folder.resolve("enact.db"));
            this.lease = this.store.lease(this.ids);
            this.id = this.lease.log();
            this.entries = new ArrayList<>();
            List<Receipt> batch = new ArrayList<>();
            ReceiptStore memory = ReceiptStore.inMemory(ENTRIES);
            try (ReceiptLog log = ReceiptLog.direct(this.id, memory, signer, Masking.defaults(), this.clock)) {
                // the first is small, and tells how much is missing to the size of the others
                String text = "x".repeat(BYTES - log.append(draft("")).size());
                for (int i = 1; i < ENTRIES; i++) {
                    log.append(draft(text));
                }
            }
            for (long seq = 1; seq <= ENTRIES; seq += batch.size()) {
                batch.clear();
                batch.addAll(memory.read(this.id, seq, ReceiptStore.MAX_LIMIT));
                batch.forEach(receipt -> this.entries.add(receipt.bytes()));
                this.store.append(batch);
            }
            System.out.println("# bytes of a receipt: " + this.entries.get(ENTRIES - 1).length);
        }

        private ReceiptDraft draft(String text) {
            return ReceiptDraft.config(
                    new RunId(this.ids.next()),
                    this.ids.next(),
                    this.clock.instant(),
                    Map.of("text", text),
                    EnactMode.ENFORCE);
        }

        @TearDown
        public void delete() throws IOException {
            this.lease.close();
            this.store.close();
            try (var files = Files.list(this.folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(this.folder);
        }
    }
}
