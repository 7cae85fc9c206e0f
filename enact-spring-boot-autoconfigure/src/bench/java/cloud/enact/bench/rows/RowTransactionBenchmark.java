package cloud.enact.bench.rows;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
 * Transactions that change one row by its key, in slices of a fraction of a second: one kind after the other, again
 * and again, so that a slow second is shared by all kinds. The last kind takes ten such rows back, one run at a time.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 4)
@Threads(1)
public class RowTransactionBenchmark {

    private static final int ROWS = 100_000;

    private static final int SLICES = 6;

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final int ROLLBACKS = 40;

    @Benchmark
    public void changeOneRow(Clients clients, PerSecond rate) throws Exception {
        long[][] done = new long[4][SLICES];
        for (int slice = 0; slice < SLICES; slice++) {
            done[0][slice] = clients.slice(Client::plain);
            done[1][slice] = clients.slice(Client::bystander);
            done[2][slice] = clients.slice(Client::captured);
            done[3][slice] = clients.slice(Client::clientSide);
        }
        rate.plain = median(done[0]);
        rate.bystander = median(done[1]);
        rate.captured = median(done[2]);
        rate.clientSide = median(done[3]);
        rate.rollbackMicros = clients.one().rollback();
        clients.server.settle();
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Clients with a connection each. */
    @State(Scope.Benchmark)
    public static class Clients {

        /** How many work at a time. */
        @Param({"1", "8"})
        public int clients;

        private final List<Client> all = new ArrayList<>();

        private ExecutorService threads;

        MeasuredServer server;

        @Setup(Level.Trial)
        public void start() throws IOException, SQLException {
            this.server = MeasuredServer.start();
            this.server.fill(ROWS);
            this.server.run(ClientSideImages.TABLE);
            this.threads = Executors.newFixedThreadPool(this.clients);
            for (int i = 0; i < this.clients; i++) {
                this.all.add(new Client(this.server.connect(), i));
            }
        }

        Client one() {
            return this.all.get(0);
        }

        /** Transactions per second of all clients together. */
        long slice(Transaction transaction) throws InterruptedException, ExecutionException {
            long end = System.nanoTime() + SLICE_NANOS;
            List<Callable<Long>> work = this.all.stream()
                    .<Callable<Long>>map(client -> () -> {
                        long count = 0;
                        while (System.nanoTime() < end) {
                            transaction.run(client);
                            count++;
                        }
                        return count;
                    })
                    .toList();
            long sum = 0;
            for (Future<Long> count : this.threads.invokeAll(work)) {
                sum += count.get();
            }
            return sum * TimeUnit.SECONDS.toNanos(1) / SLICE_NANOS;
        }

        @TearDown(Level.Trial)
        public void stop() throws IOException, SQLException {
            this.threads.shutdown();
            for (Client client : this.all) {
                client.connection.close();
            }
            this.server.close();
        }
    }

    /** What a client does again and again. */
    interface Transaction {

        void run(Client client) throws SQLException;
    }

    /** One connection, as a pool keeps it. */
    static final class Client {

        private final CapturedWork work = new CapturedWork();

        private final ClientSideImages images = new ClientSideImages();

        private final Connection connection;

        private final SplittableRandom random;

        Client(Connection connection, int seed) throws SQLException {
            this.connection = connection;
            this.random = new SplittableRandom(seed);
            connection.setAutoCommit(false);
        }

        void plain() throws SQLException {
            update(MeasuredServer.PLAIN, id());
            this.connection.commit();
        }

        void bystander() throws SQLException {
            update(MeasuredServer.KEPT, id());
            this.connection.commit();
        }

        void captured() throws SQLException {
            this.work.perform(this.connection, () -> update(MeasuredServer.KEPT, id()));
        }

        void clientSide() throws SQLException {
            long id = id();
            this.images.keep(this.connection, UUID.randomUUID(), MeasuredServer.PLAIN, "=", id);
            update(MeasuredServer.PLAIN, id);
            this.connection.commit();
        }

        /** The middle of what it takes to take back runs that changed ten rows each. */
        long rollback() throws SQLException {
            long[] micros = new long[ROLLBACKS];
            for (int i = 0; i < ROLLBACKS; i++) {
                long marker = this.work.perform(this.connection, () -> {
                    for (int row = 0; row < 10; row++) {
                        update(MeasuredServer.KEPT, id());
                    }
                });
                long start = System.nanoTime();
                this.work.restore(this.connection, marker);
                micros[i] = (System.nanoTime() - start) / 1000;
            }
            return median(micros);
        }

        private long id() {
            return 1 + this.random.nextInt(ROWS);
        }

        private void update(String table, long id) throws SQLException {
            try (PreparedStatement statement =
                    this.connection.prepareStatement("UPDATE " + table + " SET amount = amount + 1 WHERE id = ?")) {
                statement.setLong(1, id);
                statement.executeUpdate();
            }
        }
    }

    /** Transactions per second, and microseconds of one rollback. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class PerSecond {

        public long plain;

        public long bystander;

        public long captured;

        public long clientSide;

        public long rollbackMicros;
    }
}
