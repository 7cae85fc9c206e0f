package cloud.enact.faults;

import cloud.enact.Patience;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A database server of its own that writes as a real one does, and can be killed. */
public final class CrashingServer implements AutoCloseable {

    private final Path data;

    private EmbeddedPostgres server;

    public CrashingServer(Path data) throws IOException {
        this.data = data;
        this.server = start(0);
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(this.data)
                .setCleanDataDirectory(false)
                // it may have to recover a lot first, on a busy machine
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on");
        return ((port == 0) ? builder : builder.setPort(port)).start();
    }

    public String url() {
        return this.server.getJdbcUrl("postgres", "postgres");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** The first column of the first row. */
    String text(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Kills the postmaster and all its backends at once. */
    public void kill() throws IOException {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        backends.forEach(backend -> backend.onExit().join());
        postmaster.onExit().join();
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(this.data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Starts it again where it was, and it recovers what was committed. */
    public void restart() throws IOException {
        int port = this.server.getPort();
        this.server.close();
        this.server = start(port);
    }

    /** Starts it again where it was, so that it takes no changes until it is promoted. */
    void restartAsStandby() throws IOException {
        Files.createFile(this.data.resolve("standby.signal"));
        restart();
    }

    /** Waits until nobody else is connected: the backend of a client that died goes on for a while. */
    void awaitAlone() {
        Patience.awaiting("the end of all other connections")
                .until(() -> text("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                                + " AND pid <> pg_backend_pid()")
                        .equals("0"));
    }

    @Override
    public void close() throws IOException {
        this.server.close();
    }
}
