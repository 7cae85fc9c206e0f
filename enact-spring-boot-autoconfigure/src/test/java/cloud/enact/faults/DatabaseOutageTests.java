package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import cloud.enact.gate.ActionBlockedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Outages of a PostgreSQL that keeps the receipts: before the act they block, after it they leave the action in doubt,
 * and when they are over the same application goes on with a log that is whole.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseOutageTests {

    private static final String FULL = "53100";

    private CrashingServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        this.server = new CrashingServer(folder.resolve("server"));
    }

    @AfterAll
    void stop() throws IOException {
        this.server.close();
    }

    @BeforeEach
    void reset() {
        execute("DROP SCHEMA IF EXISTS enact CASCADE");
    }

    private LampApplication application(Path folder, String... properties) throws IOException {
        Files.createDirectories(Worker.store(folder).getParent());
        List<String> all = new ArrayList<>(List.of(
                "enact.receipts.store=jdbc",
                "enact.receipts.jdbc.initialize-schema=always",
                "spring.datasource.url=" + this.server.url(),
                "spring.datasource.hikari.maximum-pool-size=1"));
        all.addAll(List.of(properties));
        return new LampApplication(folder, all.toArray(String[]::new));
    }

    private void execute(String sql) {
        try (Connection connection = this.server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** From now on the server fails to store receipts of a kind. */
    private void refuse(String kind, String state) {
        execute("CREATE OR REPLACE FUNCTION enact.outage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " RAISE EXCEPTION 'could not extend file' USING ERRCODE = '" + state + "'; END $$;"
                + " CREATE TRIGGER outage BEFORE INSERT ON enact.receipt_entry FOR EACH ROW WHEN (NEW.kind = '" + kind
                + "') EXECUTE FUNCTION enact.outage()");
    }

    private void accept() {
        execute("DROP TRIGGER outage ON enact.receipt_entry");
    }

    @Test
    void aServerWhoseDiskIsFull(@TempDir Path folder) throws Exception {
        try (LampApplication application = application(folder)) {
            application.works();
            refuse("DECIDED", FULL);
            application.blocks("disk of the server is full");
            application.blocks("disk of the server is full");
            accept();
            application.works();

            application.endsInDoubt(() -> refuse("COMPLETED", FULL));
            accept();
            application.works();

            assertThat(application.doubts()).isEqualTo(1);
            application.verifies();
        }
    }

    @Test
    void aServerThatTakesNoChanges(@TempDir Path folder) throws Exception {
        try (LampApplication application = application(folder)) {
            application.endsInDoubt(this::becomeStandby);
            application.blocks("takes no changes");
            assertThat(application.doubts()).isEqualTo(1);

            execute("SELECT pg_promote()");
            application.works();

            assertThat(application.doubts()).isEqualTo(1);
            application.verifies();
        }
    }

    private void becomeStandby() {
        try {
            this.server.kill();
            this.server.restartAsStandby();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void aServerThatIsGone(@TempDir Path folder) throws Exception {
        try (LampApplication application = application(folder)) {
            application.works();
            application.endsInDoubt(() -> {
                try {
                    this.server.kill();
                } catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
            });
            application.blocks("gone");
            application.blocks("gone");

            this.server.restart();
            application.works();

            assertThat(application.doubts()).isEqualTo(1);
            application.verifies();
        }
    }

    @Test
    void aServerThatTakesFiveSecondsIsWaitedFor(@TempDir Path folder) throws Exception {
        try (LampApplication application = application(folder);
                Hold hold = new Hold("SELECT pg_sleep(5)")) {
            hold.await();

            application.works();

            assertThat(application.doubts()).isZero();
            application.verifies();
        }
    }

    @Test
    void aServerThatTakesLongerThanItMayBlocksAndIsNotWaitedFor(@TempDir Path folder) throws Exception {
        try (LampApplication application = application(folder, "enact.receipts.jdbc.timeout=1s")) {
            application.works();
            try (Hold hold = new Hold("SELECT pg_sleep(600)")) {
                hold.await();
                application.blocks("took too long");
                application.blocks("took too long");
            }
            application.works();

            List<Hold> holds = new ArrayList<>();
            application.endsInDoubt(() -> {
                holds.add(new Hold("SELECT pg_sleep(600)"));
                holds.get(0).await();
            });
            holds.get(0).close();
            application.works();

            assertThat(application.doubts()).isEqualTo(1);
            application.verifies();
        }
    }

    @Test
    void aServerThatComesAndGoes(@TempDir Path folder) throws Exception {
        AtomicInteger passed = new AtomicInteger();
        AtomicInteger blocked = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (LampApplication application = application(folder)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                calls.add(callers.submit(() -> {
                    for (int call = 0; call < 100; call++) {
                        (passes(application) ? passed : blocked).incrementAndGet();
                    }
                }));
            }
            while (!calls.stream().allMatch(Future::isDone)) {
                // ends every connection of the application
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
            }
            for (Future<?> call : calls) {
                call.get();
            }
            // at the latest the second call finds that the server is back
            (passes(application) ? passed : blocked).incrementAndGet();
            application.works();

            assertThat(passed.get() + blocked.get()).isEqualTo(401);
            assertThat(blocked.get()).isPositive();
            // what could be recorded is, and an append may say that it failed and have stored
            assertThat(application.doubts()).isLessThanOrEqualTo((int) application.unrecorded() + blocked.get());
            application.verifies();
        } finally {
            callers.shutdown();
        }
    }

    private static boolean passes(LampApplication application) {
        try {
            application.lamp().on("", () -> {});
            return true;
        } catch (ActionBlockedException ex) {
            return false;
        }
    }

    /** Another session that holds the head of the log. */
    private final class Hold implements AutoCloseable {

        private final ExecutorService executor = Executors.newSingleThreadExecutor();

        private final Future<?> holding;

        private Hold(String work) {
            this.holding = this.executor.submit(() -> {
                try (Connection connection = DatabaseOutageTests.this.server.connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("SET application_name = 'holder'");
                    connection.setAutoCommit(false);
                    statement.execute("SELECT FROM enact.receipt_log FOR UPDATE");
                    statement.execute(work);
                    connection.commit();
                }
                return null;
            });
        }

        private void await() {
            Patience.awaiting("the work of the holder")
                    .until(() -> !DatabaseOutageTests.this
                            .server
                            .text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'holder'"
                                    + " AND wait_event = 'PgSleep'")
                            .equals("0"));
        }

        @Override
        public void close() {
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'");
            this.executor.shutdown();
        }
    }
}
