package cloud.enact.bench.durable;

import cloud.enact.action.IdGenerator;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/**
 * Receipts in the embedded store with its group commit, beside one commit per row in a SQLite file with the same
 * settings, columns and indexes, and beside one append and fsync per receipt. All in the same folder, so on the same
 * disk.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Threads(1)
public class EmbeddedReceiptBenchmark {

    private static final int RECEIPT = 1000;

    @Benchmark
    public void append(Embedded embedded, Measured measured) throws Exception {
        List<Callers.Result> results = embedded.threads.measure(
                caller -> embedded.commitRow(), caller -> embedded.appendAndSync(), embedded.log::append);
        measured.row = results.get(0).perSecond();
        measured.rowP99 = results.get(0).p99();
        measured.line = results.get(1).perSecond();
        measured.enact = results.get(2).perSecond();
        measured.enactP50 = results.get(2).p50();
        measured.enactP99 = results.get(2).p99();
    }

    /** Three files in one folder. */
    @State(Scope.Benchmark)
    public static class Embedded {

        /** How many append at a time. */
        @Param({"1", "8", "32", "64"})
        public int callers;

        private final byte[] row = new byte[RECEIPT];

        private final ByteBuffer line = ByteBuffer.allocateDirect(RECEIPT);

        private final Object rowLock = new Object();

        private final Object lineLock = new Object();

        private Path folder;

        private Callers threads;

        private SqliteReceiptStore store;

        private MeasuredLog log;

        private Connection rows;

        private PreparedStatement insert;

        private long inserted;

        private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

        private FileChannel lines;

        @Setup(Level.Trial)
        public void open() throws IOException, SQLException {
            // beside the build's output, because a folder for temporary files may not be on a disk at all
            this.folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "durable");
            this.threads = new Callers(this.callers);
            this.store = SqliteReceiptStore.open(this.folder.resolve("enact.db"));
            this.log = new MeasuredLog(this.store, this.callers);
            this.rows = DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("rows.db"));
            try (Statement statement = this.rows.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                for (String sql : tableAndIndexes()) {
                    statement.execute(sql);
                }
            }
            this.rows.setAutoCommit(false);
            this.insert = this.rows.prepareStatement("INSERT INTO receipt_entry (log, seq, kind, run_id, action_id, ts,"
                    + " action, system, actor, decision, mode, entry) VALUES ('log', ?, 'DECIDED', ?, ?, ?,"
                    + " 'git.push_migration', 'git', 'maria@example.org', 'PASS', 'ENFORCE', ?)");
            this.lines = FileChannel.open(
                    this.folder.resolve("receipts.ndjson"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        /** As the store made them. */
        private List<String> tableAndIndexes() throws SQLException {
            List<String> made = new ArrayList<>();
            try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("enact.db"));
                    Statement statement = store.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
                            + " AND tbl_name = 'receipt_entry' AND type IN ('table', 'index') ORDER BY type DESC")) {
                while (rows.next()) {
                    made.add(rows.getString(1));
                }
            }
            return made;
        }

        /** One row and one commit, callers one after the other, as a plain table would be used. */
        private void commitRow() throws SQLException {
            synchronized (this.rowLock) {
                long micros = System.currentTimeMillis() * 1000;
                this.insert.setLong(1, ++this.inserted);
                this.insert.setString(2, this.ids.next().toString());
                this.insert.setString(3, this.ids.next().toString());
                this.insert.setLong(4, micros);
                this.insert.setBytes(5, this.row);
                this.insert.executeUpdate();
                this.rows.commit();
            }
        }

        /** One write and one fsync, callers one after the other. */
        private void appendAndSync() throws IOException {
            synchronized (this.lineLock) {
                this.line.rewind();
                this.lines.write(this.line);
                this.lines.force(false);
            }
        }

        @TearDown(Level.Trial)
        public void close() throws IOException, SQLException {
            this.threads.close();
            this.log.close();
            this.store.close();
            this.rows.close();
            this.lines.close();
            FileSystemUtils.deleteRecursively(this.folder);
        }
    }

    /** Receipts per second, and microseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Measured {

        public long row;

        public long rowP99;

        public long line;

        public long enact;

        public long enactP50;

        public long enactP99;
    }
}
