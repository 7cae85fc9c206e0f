package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Restoration;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database with three roles: an administrator, an owner of tables and capture objects who is none, and an
 * application that may only read and write rows.
 */
final class TestDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name = "enact_" + UUID.randomUUID().toString().replace("-", "");

    private final String owner = this.name + "_owner";

    private final String app = this.name + "_app";

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        create();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        drop();
    }

    void create() throws SQLException {
        try (Connection server = PostgresServer.shared().connect()) {
            run(server, "CREATE ROLE " + this.owner + " LOGIN PASSWORD '" + this.owner + "'");
            run(server, "CREATE ROLE " + this.app + " LOGIN PASSWORD '" + this.app + "'");
            run(server, "CREATE DATABASE " + this.name + " OWNER " + this.owner);
        }
    }

    void drop() throws SQLException {
        try (Connection server = PostgresServer.shared().connect()) {
            run(server, "DROP DATABASE " + this.name + " WITH (FORCE)");
            run(server, "DROP ROLE " + this.owner);
            run(server, "DROP ROLE " + this.app);
        }
    }

    /** Makes it as good as new. */
    void clear() throws SQLException {
        try (Connection admin = admin()) {
            List<String> schemas = new ArrayList<>();
            try (Statement statement = admin.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT quote_ident(nspname) FROM pg_namespace"
                            + " WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'")) {
                while (rows.next()) {
                    schemas.add(rows.getString(1));
                }
            }
            for (String schema : schemas) {
                run(admin, "DROP SCHEMA " + schema + " CASCADE");
            }
            run(admin, "CREATE SCHEMA public AUTHORIZATION " + this.owner);
            run(admin, "GRANT USAGE ON SCHEMA public TO " + this.app);
        }
    }

    String appRole() {
        return this.app;
    }

    String ownerRole() {
        return this.owner;
    }

    Connection admin() throws SQLException {
        return PostgresServer.shared().connect(this.name);
    }

    Connection owner() throws SQLException {
        return PostgresServer.shared().connect(this.name, this.owner);
    }

    Connection app() throws SQLException {
        return PostgresServer.shared().connect(this.name, this.app);
    }

    /** Runs SQL as the owner. */
    void sql(String... statements) throws SQLException {
        try (Connection connection = owner()) {
            for (String statement : statements) {
                run(connection, statement);
            }
        }
    }

    /** Runs SQL as the application, outside any action. */
    void person(String... statements) throws SQLException {
        try (Connection connection = app()) {
            for (String statement : statements) {
                run(connection, statement);
            }
        }
    }

    /** Protects tables, and lets the application at all tables of the schema. */
    CapturePlan protect(String... patterns) throws SQLException {
        try (Connection connection = owner()) {
            run(
                    connection,
                    "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES ON ALL TABLES IN SCHEMA public TO "
                            + this.app);
            run(connection, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + this.app);
            return new CaptureObjects(List.of(patterns), List.of(this.app)).install(connection, PATIENCE);
        }
    }

    /** Does as a governed action of the application would. */
    Committed act(Work work) throws Exception {
        try (Connection connection = app()) {
            return act(connection, UUID.randomUUID(), work);
        }
    }

    Committed act(String... statements) throws Exception {
        return act(connection -> {
            for (String statement : statements) {
                run(connection, statement);
            }
        });
    }

    Committed act(Connection connection, UUID runId, Work work) throws Exception {
        connection.setAutoCommit(false);
        CapturedTransaction transaction =
                CapturedTransaction.enter(connection, runId, UUID.randomUUID(), new SecureRandom());
        work.run(connection);
        List<TableChange> changes = transaction.finish();
        connection.commit();
        return new Committed(transaction.marker(), changes);
    }

    /** Makes tables, and protects them. */
    void schema(String... statements) throws SQLException {
        sql(statements);
        protect("public.*");
    }

    /** Does something as an action, takes it back, and finds everything as it was. */
    void undoes(Mode mode, String... statements) throws Exception {
        Map<String, List<String>> before = content();

        Committed done = act(statements);
        assertThat(content()).isNotEqualTo(before);
        RestoreReport report = (mode == Mode.EXACT) ? restoreExactly(done) : restore(done);

        assertThat(report.conflicts()).isEmpty();
        assertThat(report.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(report.exact()).isEqualTo(mode == Mode.EXACT);
        assertThat(content()).isEqualTo(before);
    }

    /** Restores without the right to silence triggers. */
    RestoreReport restore(Collection<Long> markers, Resolutions resolutions) throws SQLException {
        try (Connection connection = owner()) {
            return rows().restore(connection, markers, resolutions);
        }
    }

    RestoreReport restore(Committed captured) throws SQLException {
        return restore(List.of(captured.marker()), Resolutions.none());
    }

    /** Restores with that right, or without. */
    RestoreReport restore(Mode mode, Resolutions resolutions, Committed... done) throws SQLException {
        List<Long> markers = Arrays.stream(done).map(Committed::marker).toList();
        try (Connection connection = (mode == Mode.EXACT) ? admin() : owner()) {
            return rows().restore(connection, markers, resolutions);
        }
    }

    /** Restores with that right. */
    RestoreReport restoreExactly(Committed... captured) throws SQLException {
        return restore(Mode.EXACT, Resolutions.none(), captured);
    }

    static RowRestore rows() {
        return new RowRestore(PATIENCE, 5, (table, column, text) -> text);
    }

    /** All rows of all tables, as text that only the same rows have. */
    Map<String, List<String>> content() throws SQLException {
        Map<String, List<String>> content = new TreeMap<>();
        try (Connection admin = admin();
                Statement statement = admin.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET extra_float_digits = 1; SET bytea_output = 'hex'; SET IntervalStyle = 'postgres'");
            List<String> tables = texts(
                    statement,
                    "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
                            + " ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%'"
                            + " AND n.nspname NOT IN ('information_schema', 'enact_undo')");
            for (String table : tables) {
                content.put(table, texts(statement, "SELECT t::text FROM " + table + " t ORDER BY 1"));
            }
        }
        return content;
    }

    long number(String sql) throws SQLException {
        try (Connection admin = admin();
                Statement statement = admin.createStatement()) {
            return Long.parseLong(texts(statement, sql).get(0));
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Begins to capture in a transaction that somebody else has begun. */
    static CapturedTransaction join(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, "SELECT 1");
        return CapturedTransaction.join(connection, UUID.randomUUID(), UUID.randomUUID(), new SecureRandom());
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** With the right to silence triggers, or without. */
    enum Mode {
        EXACT,
        ORDINARY
    }

    /** What an action does to its connection. */
    interface Work {

        void run(Connection connection) throws Exception;
    }

    /** A committed transaction of a governed action. */
    record Committed(long marker, List<TableChange> changes) {}
}
