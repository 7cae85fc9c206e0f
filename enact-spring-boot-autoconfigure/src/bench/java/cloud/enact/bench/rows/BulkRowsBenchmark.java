package cloud.enact.bench.rows;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Statements that change every row of a table, with a heap that could not hold the rows. All are measured in turn, so
 * that a disturbed minute disturbs all of them. Rows that pass through the client are a tenth of the others.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 0)
@Measurement(iterations = 2)
@Threads(1)
public class BulkRowsBenchmark {

    private static final String UPDATE = " SET note = note || 'x', amount = amount + 1";

    @Benchmark
    public void changeEveryRow(Tables tables, Milliseconds took) throws SQLException {
        CapturedWork captured = tables.captured;
        try (Connection connection = tables.server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            took.delete = tables.time(() -> {
                statement.execute("DELETE FROM plain");
                connection.commit();
            });
            took.insertSelect = tables.time(() -> {
                statement.execute("INSERT INTO plain SELECT * FROM source");
                connection.commit();
            });
            long[] marker = new long[1];
            took.capturedDelete = tables.time(
                    () -> marker[0] = captured.perform(connection, () -> statement.execute("DELETE FROM kept")));
            took.restoreOfDelete = tables.time(() -> captured.restore(connection, marker[0]));
            tables.server.settle();
            took.update = tables.time(() -> {
                statement.execute("UPDATE plain" + UPDATE);
                connection.commit();
            });
            took.capturedUpdate = tables.time(
                    () -> marker[0] = captured.perform(connection, () -> statement.execute("UPDATE kept" + UPDATE)));
            took.restoreOfUpdate = tables.time(() -> captured.restore(connection, marker[0]));
            tables.server.settle();
            throughTheClient(tables, took, connection, statement);
        }
    }

    private static void throughTheClient(Tables tables, Milliseconds took, Connection connection, Statement statement)
            throws SQLException {
        UUID run = UUID.randomUUID();
        took.clientSideDelete = tables.time(() -> {
            tables.images.keep(connection, run, "plain", "<=", tables.rows / 10);
            statement.execute("DELETE FROM plain WHERE id <= " + tables.rows / 10);
            connection.commit();
        });
        took.rowByRowRestore = tables.time(() -> {
            tables.images.putBack(connection, run, "plain");
            connection.commit();
        });
    }

    /** Both tables, and the rows of one of them to insert from. */
    @State(Scope.Benchmark)
    public static class Tables {

        /** Rows of each table. */
        @Param("1000000")
        public int rows;

        final CapturedWork captured = new CapturedWork();

        final ClientSideImages images = new ClientSideImages();

        MeasuredServer server;

        @Setup(Level.Trial)
        public void start() throws IOException, SQLException {
            this.server = MeasuredServer.start();
            this.server.fill(this.rows);
            this.server.run(ClientSideImages.TABLE);
        }

        /** The same state for every iteration, since one that was measured leaves room in files and indexes. */
        @Setup(Level.Iteration)
        public void refill() throws SQLException {
            this.server.run(
                    "DROP TABLE IF EXISTS source",
                    "CREATE TABLE source AS SELECT * FROM plain",
                    "TRUNCATE image",
                    "VACUUM FULL plain",
                    "VACUUM FULL kept");
            this.server.settle();
        }

        long time(CapturedWork.Work work) throws SQLException {
            this.server.run("CHECKPOINT");
            long start = System.nanoTime();
            work.run();
            return (System.nanoTime() - start) / 1_000_000;
        }

        @TearDown(Level.Trial)
        public void stop() throws IOException {
            this.server.close();
        }
    }

    /** Milliseconds each took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Milliseconds {

        public long delete;

        public long capturedDelete;

        public long insertSelect;

        public long restoreOfDelete;

        public long update;

        public long capturedUpdate;

        public long restoreOfUpdate;

        public long clientSideDelete;

        public long rowByRowRestore;
    }
}
