package cloud.enact.bench;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.Subjects;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSealer;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** One receipt of a decision over ten policies, written, signed and chained in memory: as it is, and encrypted. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(1)
public class EncryptionBenchmark {

    @Benchmark
    public Receipt plain(Receipts receipts) {
        return receipts.plain.append(receipts.draft);
    }

    @Benchmark
    public Receipt encrypted(Receipts receipts) {
        return receipts.encrypted.append(receipts.draft);
    }

    @Benchmark
    public Object readPlain(Receipts receipts) {
        return receipts.contents.open(receipts.plainReceipt).fields();
    }

    @Benchmark
    public Object readEncrypted(Receipts receipts) {
        return receipts.contents.open(receipts.encryptedReceipt).fields();
    }

    @State(Scope.Thread)
    public static class Receipts {

        private ReceiptLog plain;

        private ReceiptLog encrypted;

        private ReceiptContents contents;

        private ReceiptDraft draft;

        private Receipt plainReceipt;

        private Receipt encryptedReceipt;

        @Setup
        public void prepare() {
            Clock clock = Clock.systemUTC();
            IdGenerator ids = IdGenerator.uuidV7(clock);
            ReceiptSigner signer = ReceiptSigner.hs256("a secret of more than 32 characters, for benchmarks");
            KeyRing keys = new KeyRing(KeyTable.inMemory(), MasterKeys.of(MasterKey.aes256(new byte[32])), clock);
            Masking masking = Masking.defaults();
            this.plain = ReceiptLog.direct(ids.next().toString(), new NewestReceipts(), signer, masking, clock);
            ReceiptStore store = new NewestReceipts();
            this.encrypted = ReceiptLog.direct(
                    ids.next().toString(),
                    store,
                    signer,
                    masking.sealedBy(new ReceiptSealer(keys, Subjects.actors(), () -> store)),
                    clock);
            this.contents = ReceiptContents.of(keys);
            Map<String, Object> args = new LinkedHashMap<>();
            args.put("repository", Migration.TYPICAL.repository());
            args.put("branch", Migration.TYPICAL.branch());
            args.put("path", Migration.TYPICAL.path());
            args.put("sql", Migration.TYPICAL.sql());
            args.put("message", Migration.TYPICAL.message());
            List<Verdict> verdicts = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                verdicts.add(Verdict.pass("git.policy-" + i, "nothing to say against this"));
            }
            this.draft = ReceiptDraft.decided(
                    new ActionRequest(
                            ids.next(),
                            new Run(new RunId(ids.next()), "release"),
                            null,
                            "git.push_migration",
                            args,
                            Actor.of("maria@example.org", "release-manager"),
                            null,
                            Reversibility.REVERSIBLE,
                            clock.instant()),
                    Decision.of(verdicts, EnactMode.ENFORCE, "sha256:" + "ab".repeat(32)),
                    EnactMode.ENFORCE);
            this.plainReceipt = this.plain.append(this.draft);
            this.encryptedReceipt = this.encrypted.append(this.draft);
        }
    }
}
