package cloud.enact.bench.durable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that keeps what it commits, and says with which settings. */
public final class ReceiptServer implements AutoCloseable {

    private final EmbeddedPostgres server;

    private ReceiptServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param data where it keeps its data
     * @param temporary whether to delete them at the end
     */
    public static ReceiptServer start(Path data, boolean temporary) throws IOException {
        return new ReceiptServer(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(temporary)
                .setPGStartupWait(Duration.ofMinutes(5))
                // what the server does by itself, and an embedded one for tests does not
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "1GB")
                // no checkpoint in the middle of what is measured
                .setServerConfig("max_wal_size", "16GB")
                .setServerConfig("checkpoint_timeout", "1h")
                .start());
    }

    public DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(this.server.getJdbcUrl("postgres", "postgres"));
        return source;
    }

    /** What durability depends on; refuses to go on without it. */
    String settings() throws SQLException {
        List<String> settings = new ArrayList<>();
        settings.add("PostgreSQL " + text("SHOW server_version"));
        for (String name : List.of("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")) {
            String value = text("SHOW " + name);
            if (value.equals("off")) {
                throw new IllegalStateException("The server runs without " + name);
            }
            settings.add(name + " " + value);
        }
        return String.join(", ", settings);
    }

    public void run(String... statements) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public String text(String sql) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        this.server.close();
    }
}
