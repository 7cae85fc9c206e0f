package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that an action leaves behind runs when it has ended, or ends it early. */
class ActionEndTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeEach
    void table() throws Exception {
        DATABASE.schema("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    }

    @Test
    void whatRunsJustBeforeTheEndDoesNotEndTheCapturing() throws Exception {
        DATABASE.sql(
                "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " PERFORM enact_undo.leave(m, decode(current_setting('enact.leaving'), 'hex'))"
                        + " FROM generate_series(1, 100) m; RETURN NULL; END $$",
                "CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION leave()");
        DATABASE.protect("public.*");
        Map<String, List<String>> before = DATABASE.content();

        assertThatThrownBy(() -> DATABASE.act("INSERT INTO t VALUES (3, 'c')"))
                .hasMessageContaining("There is no open marker");

        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "unprotected"})
    void aCursorThatOutlivesTheActionDoesNotWrite(String table) throws Exception {
        unprotected();

        assertNothingChanges(wipe(table), "DECLARE c CURSOR WITH HOLD FOR SELECT pg_temp.wipe()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "unprotected"})
    void aTriggerThatIsPutOffAgainDoesNotWrite(String table) throws Exception {
        unprotected();

        assertNothingChanges(
                wipe(table),
                "CREATE TEMPORARY TABLE x (n int)",
                "CREATE FUNCTION pg_temp.again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.n > 0 THEN"
                        + " SET CONSTRAINTS pg_temp.y DEFERRED; INSERT INTO pg_temp.x VALUES (NEW.n - 1); ELSE PERFORM"
                        + " pg_temp.wipe(); END IF; RETURN NULL; END $$",
                "CREATE CONSTRAINT TRIGGER y AFTER INSERT ON x DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                        + " EXECUTE FUNCTION pg_temp.again()",
                "INSERT INTO x VALUES (1)");
    }

    @Test
    void nothingOfAnActionIsPutOffToTheEndOfItsCallersTransaction() throws Exception {
        for (String later : List.of(
                "DECLARE c CURSOR WITH HOLD FOR SELECT pg_temp.wipe()",
                "CREATE TEMPORARY TABLE x (n int); CREATE FUNCTION pg_temp.late() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_temp.wipe(); RETURN NULL; END $$; CREATE CONSTRAINT TRIGGER y AFTER"
                        + " INSERT ON x DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.late();"
                        + " INSERT INTO x VALUES (1)")) {
            try (Connection connection = DATABASE.app()) {
                CapturedTransaction joined = TestDatabase.join(connection);
                TestDatabase.run(connection, wipe("t"));
                TestDatabase.run(connection, later);

                assertThatThrownBy(joined::leave).hasMessageContaining("after the action has ended");
            }
        }
    }

    private static void unprotected() throws SQLException {
        DATABASE.sql(
                "CREATE TABLE unprotected (id int)",
                "INSERT INTO unprotected VALUES (1)",
                "GRANT SELECT, DELETE ON unprotected TO PUBLIC");
    }

    private static String wipe(String table) {
        return "CREATE OR REPLACE FUNCTION pg_temp.wipe() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public."
                + table + "; RETURN 1; END $$";
    }

    private static void assertNothingChanges(String... statements) throws Exception {
        Map<String, List<String>> before = DATABASE.content();

        assertThatThrownBy(() -> DATABASE.act(statements)).isInstanceOf(SQLException.class);

        assertThat(DATABASE.content()).isEqualTo(before);
    }
}
