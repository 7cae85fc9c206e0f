package cloud.enact.analysis.sql;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a real PostgreSQL does is never more than what the facts say. */
class SqlServerAgreementTests {

    private static final int TEXTS = Integer.getInteger("enact.sql.texts", 4000);

    private static final List<String> TABLES = List.of("t1", "t2", "t3", "t4");

    private final SqlAnalyzer analyzer = new SqlAnalyzer();

    @Test
    void everyChangeThatTheServerMakesIsAFact() throws SQLException {
        String database = "sql_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection server = PostgresServer.shared().connect()) {
            execute(server, "CREATE DATABASE " + database);
        }
        try {
            compare(database);
        } finally {
            try (Connection server = PostgresServer.shared().connect()) {
                execute(server, "DROP DATABASE " + database);
            }
        }
    }

    private void compare(String database) throws SQLException {
        int ran = 0;
        int changed = 0;
        int understood = 0;
        try (Connection connection = PostgresServer.shared().connect(database)) {
            setUp(connection);
            connection.setAutoCommit(false);
            SqlTexts texts = new SqlTexts(Long.getLong("enact.sql.seed", 11));
            for (int i = 0; i < TEXTS; i++) {
                String text = texts.next();
                Set<String> done = run(connection, text);
                connection.rollback();
                if (done == null) {
                    continue;
                }
                SqlFacts facts = this.analyzer.analyzeForPostgres(text);
                ran++;
                changed += done.isEmpty() ? 0 : 1;
                understood += facts.understood() ? 1 : 0;
                boolean opaque = facts.statements().stream()
                        .anyMatch(statement -> !statement.dangers().isEmpty());
                if (facts.understood() && !opaque) {
                    assertThat(said(facts)).as("%s: %s", text, facts).containsAll(done);
                }
                SqlFacts doubtful = this.analyzer.analyze(text);
                if (doubtful.understood() && !opaque) {
                    assertThat(said(doubtful)).as("%s: %s", text, doubtful).containsAll(done);
                }
            }
        }
        assertThat(ran).isGreaterThan(TEXTS / 4);
        assertThat(changed).isGreaterThan(TEXTS / 10);
        assertThat(understood).isGreaterThan(ran * 3 / 4);
    }

    private static Set<String> said(SqlFacts facts) {
        Set<String> said = new TreeSet<>();
        for (SqlStatement statement : facts.statements()) {
            statement
                    .changes()
                    .forEach(change ->
                            said.add(change.verb() + " " + change.table().name()));
            if (statement.kind() == SqlStatement.Kind.DEFINITION) {
                statement.targets().forEach(target -> said.add("GONE " + target.name()));
            }
        }
        return said;
    }

    private static void setUp(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE done (what text)");
        execute(
                connection,
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO done"
                        + " VALUES (TG_OP || '' '' || TG_TABLE_NAME); RETURN NULL; END'");
        // the server itself finds out where statements end
        execute(connection, "CREATE FUNCTION run(q text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE q; END'");
        for (String table : TABLES) {
            execute(connection, "CREATE TABLE " + table + " (a int)");
            execute(connection, "INSERT INTO " + table + " VALUES (1), (2)");
            execute(
                    connection,
                    "CREATE TRIGGER noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON " + table
                            + " FOR EACH STATEMENT EXECUTE FUNCTION note()");
        }
    }

    /** What the server does, or {@code null} when it does nothing because it refuses the text. */
    private static Set<String> run(Connection connection, String text) throws SQLException {
        if (text.indexOf('\0') >= 0) {
            return null;
        }
        try (PreparedStatement run = connection.prepareStatement("SELECT run(?)")) {
            run.setString(1, text);
            run.execute();
        } catch (SQLException refused) {
            return null;
        }
        Set<String> done = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT what FROM done")) {
            while (rows.next()) {
                done.add(rows.getString(1));
            }
        }
        for (String table : TABLES) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT to_regclass('public." + table + "') IS NULL")) {
                rows.next();
                if (rows.getBoolean(1)) {
                    done.add("GONE " + table);
                }
            }
        }
        List<String> gone = new ArrayList<>(done);
        // a table that is dropped or renamed later in the text may be changed before under its name
        gone.stream().filter(what -> what.endsWith(" t5")).forEach(done::remove);
        return done;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
