package cloud.enact.bench;

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
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/**
 * Durable receipts per second: the embedded store with its group commit, beside one commit per row in a SQLite file
 * with the same settings, and beside one append and fsync per receipt. All in the same folder, so on the same disk.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DurableBenchmark {

    @Benchmark
    @Threads(1)
    public Receipt enact1(Embedded embedded) {
        return embedded.append();
    }

    @Benchmark
    @Threads(8)
    public Receipt enact8(Embedded embedded) {
        return embedded.append();
    }

    @Benchmark
    @Threads(32)
    public Receipt enact32(Embedded embedded) {
        return embedded.append();
    }

    @Benchmark
    @Threads(1)
    public void commitPerRow1(Rows rows) throws SQLException {
        rows.append();
    }

    @Benchmark
    @Threads(8)
    public void commitPerRow8(Rows rows) throws SQLException {
        rows.append();
    }

    @Benchmark
    @Threads(32)
    public void commitPerRow32(Rows rows) throws SQLException {
        rows.append();
    }

    @Benchmark
    @Threads(1)
    public void appendAndFsync1(Lines lines) throws IOException {
        lines.append();
    }

    @Benchmark
    @Threads(8)
    public void appendAndFsync8(Lines lines) throws IOException {
        lines.append();
    }

    @Benchmark
    @Threads(32)
    public void appendAndFsync32(Lines lines) throws IOException {
        lines.append();
    }

    private static Path folder() throws IOException {
        // beside the build's output, because a folder for temporary files may not be on a disk at all
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "durable");
    }

    /** The store as the starter sets it up. */
    @State(Scope.Benchmark)
    public static class Embedded {

        private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

        private final Actor actor =
                new Actor("maria@example.org", Set.of("release-manager"), Map.of(), null, null, "benchmark");

        private final Map<String, Object> args = Arguments.freeze(Map.of(
                "branch", Migration.TYPICAL.branch(),
                "path", Migration.TYPICAL.path(),
                "sql", Migration.TYPICAL.sql(),
                "message", Migration.TYPICAL.message()));

        private final Decision decision = Decision.of(
                List.of(
                        Verdict.pass("git.dont-push-to-main", "No protected branch is pushed to."),
                        Verdict.pass("db.protect-tables", "No protected table is touched."),
                        Verdict.abstain("filesystem.dont-delete-file")),
                EnactMode.ENFORCE,
                "sha256:" + "0".repeat(64));

        private Path folder;

        private SqliteReceiptStore store;

        private LogLease lease;

        private ReceiptLog log;

        @Setup
        public void open() throws IOException {
            this.folder = folder();
            this.store = SqliteReceiptStore.open(this.folder.resolve("enact.db"));
            this.lease = this.store.lease(this.ids);
            this.log = ReceiptLog.groupCommit(
                    this.lease.log(),
                    this.store,
                    ReceiptSigner.hs256("a-secret-for-benchmarks-that-is-long-enough"),
                    Masking.defaults(),
                    ReceiptLogOptions.defaults(),
                    Clock.systemUTC());
            System.out.println("# receipt: " + append().bytes().length + " bytes");
        }

        Receipt append() {
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
            return this.log.append(ReceiptDraft.decided(request, this.decision, EnactMode.ENFORCE));
        }

        @TearDown
        public void close() throws IOException {
            this.log.close();
            this.store.close();
            this.lease.close();
            FileSystemUtils.deleteRecursively(this.folder);
        }
    }

    /** One row and one commit per receipt, callers one after the other, as a plain table would be used. */
    @State(Scope.Benchmark)
    public static class Rows {

        private final byte[] receipt = new byte[1300];

        private Path folder;

        private Connection connection;

        private PreparedStatement insert;

        @Setup
        public void open() throws IOException, SQLException {
            this.folder = folder();
            this.connection = DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("rows.db"));
            try (Statement statement = this.connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, run TEXT, entry BLOB)");
            }
            this.connection.setAutoCommit(false);
            this.insert = this.connection.prepareStatement("INSERT INTO entry (run, entry) VALUES (?, ?)");
        }

        synchronized void append() throws SQLException {
            this.insert.setString(1, "01890a5d-ac96-774b-bcce-b302099a8057");
            this.insert.setBytes(2, this.receipt);
            this.insert.executeUpdate();
            this.connection.commit();
        }

        @TearDown
        public void close() throws IOException, SQLException {
            this.connection.close();
            FileSystemUtils.deleteRecursively(this.folder);
        }
    }

    /** One file, one write and one fsync per receipt, callers one after the other. */
    @State(Scope.Benchmark)
    public static class Lines {

        private final ByteBuffer receipt = ByteBuffer.allocateDirect(1300);

        private Path folder;

        private FileChannel file;

        @Setup
        public void open() throws IOException {
            this.folder = folder();
            this.file = FileChannel.open(
                    this.folder.resolve("receipts.ndjson"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        synchronized void append() throws IOException {
            this.receipt.rewind();
            this.file.write(this.receipt);
            this.file.force(false);
        }

        @TearDown
        public void close() throws IOException {
            this.file.close();
            FileSystemUtils.deleteRecursively(this.folder);
        }
    }
}
