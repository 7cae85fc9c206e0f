package cloud.enact.bench.durable;

import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.jdbc.ReceiptSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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

/**
 * Receipts in PostgreSQL, beside one commit per row, which has no chain, and beside a chain whose head is locked for
 * each entry. The same server, the same columns and indexes, the same number of callers.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Threads(1)
public class PostgresReceiptBenchmark {

    @Benchmark
    public void append(Database database, Measured measured) throws Exception {
        List<Callers.Result> results = database.threads.measure(
                caller -> database.clients.get(caller).commitRow(),
                caller -> database.clients.get(caller).lockHead(),
                database.log::append);
        measured.row = results.get(0).perSecond();
        measured.rowP99 = results.get(0).p99();
        measured.lockedHead = results.get(1).perSecond();
        measured.lockedHeadP99 = results.get(1).p99();
        measured.enact = results.get(2).perSecond();
        measured.enactP50 = results.get(2).p50();
        measured.enactP99 = results.get(2).p99();
    }

    /** A server with the store and two more tables, and connections as a pool keeps them. */
    @State(Scope.Benchmark)
    public static class Database {

        /** How many append at a time. */
        @Param({"1", "8", "32", "64"})
        public int callers;

        private final List<PlainClient> clients = new ArrayList<>();

        private ReceiptServer server;

        private Callers threads;

        private JdbcReceiptStore store;

        private MeasuredLog log;

        @Setup(Level.Trial)
        public void open() throws IOException, SQLException {
            // beside the build's output, because a folder for temporary files may not be on a disk at all
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "postgres");
            this.server = ReceiptServer.start(folder, true);
            System.out.println("# " + this.server.settings());
            JdbcReceiptOptions options = JdbcReceiptOptions.defaults();
            ReceiptSchema.initialize(this.server.source(), options);
            this.server.run(PlainClient.TABLES);
            this.store = JdbcReceiptStore.open(this.server.source(), options);
            this.log = new MeasuredLog(this.store, this.callers);
            this.threads = new Callers(this.callers);
            for (int i = 0; i < this.callers; i++) {
                this.clients.add(new PlainClient(this.server.source().getConnection()));
            }
        }

        @TearDown(Level.Trial)
        public void close() throws IOException, SQLException {
            this.threads.close();
            this.log.close();
            this.store.close();
            for (PlainClient client : this.clients) {
                client.close();
            }
            this.server.close();
        }
    }

    /** Receipts per second, and microseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Measured {

        public long row;

        public long rowP99;

        public long lockedHead;

        public long lockedHeadP99;

        public long enact;

        public long enactP50;

        public long enactP99;
    }
}
