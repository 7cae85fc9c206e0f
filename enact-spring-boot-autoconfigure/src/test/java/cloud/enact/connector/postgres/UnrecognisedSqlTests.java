package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Where undo that reads SQL loses changes, because it does not know a statement, a type or a column: one test for each
 * case known from the trackers of such software. Nothing here is found by reading SQL.
 */
class UnrecognisedSqlTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void truncate() {
        comesBack("TRUNCATE orders");
    }

    @Test
    void call() throws Exception {
        this.database.sql("CREATE PROCEDURE wipe() LANGUAGE sql AS 'DELETE FROM customer'");
        comesBack("CALL wipe()");
    }

    @Test
    void anonymousBlock() {
        comesBack("DO $$BEGIN DELETE FROM customer WHERE id < 9; UPDATE customer SET name = 'x'; END$$");
    }

    @Test
    void merge() throws Exception {
        assumeThat(PostgresServer.shared().majorVersion()).isGreaterThan(14);
        comesBack("MERGE INTO orders o USING customer c ON o.id = c.id WHEN MATCHED AND c.active THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET amount = -1 WHEN NOT MATCHED THEN DO NOTHING");
    }

    @Test
    void definitionOfATableIsRefused() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            for (String sql : List.of(
                    "DROP TABLE orders",
                    "ALTER TABLE orders DROP COLUMN amount",
                    "ALTER TABLE orders ALTER COLUMN amount TYPE int",
                    "DROP SCHEMA public CASCADE")) {
                assertThatThrownBy(() -> shop.act(() -> shop.jdbc().execute(sql)))
                        .rootCause()
                        .hasMessageContaining("inside a governed action");
            }

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void insertOnConflictUpdateIsNotUndoneByDeletingTheRowThatWasThere() {
        this.database.run(shop -> {
            shop.assertComesBack(() -> shop.jdbc()
                    .update("INSERT INTO customer (id, name) VALUES (1, 'x'), (99, 'y') ON CONFLICT (id) DO UPDATE SET"
                            + " name = EXCLUDED.name"));
            assertThat(this.database.texts("SELECT name FROM customer WHERE id = 1"))
                    .containsExactly("customer 1");
        });
    }

    @Test
    void insertOnConflictDoNothing() {
        comesBack("INSERT INTO customer (id, name) VALUES (1, 'x'), (99, 'y') ON CONFLICT DO NOTHING");
    }

    @Test
    void updateThatJoins() {
        comesBack("UPDATE orders SET amount = c.id FROM customer c WHERE c.id = orders.customer AND c.active");
    }

    @Test
    void conditionWithASubquery() {
        comesBack("DELETE FROM customer WHERE id IN (SELECT customer FROM orders WHERE amount > 50)");
    }

    @Test
    void conditionWithAnyFunction() {
        comesBack("DELETE FROM orders WHERE length(regexp_replace(amount::text || random(), '[^0-9]', '', 'g')) > 2");
    }

    @Test
    void insertFromASelection() {
        comesBack("INSERT INTO customer (name) SELECT name FROM customer");
    }

    @Test
    void generatedKeysOfAllKinds() throws Exception {
        this.database.sql(
                "CREATE SEQUENCE numbers",
                "CREATE TABLE keyed (id int PRIMARY KEY DEFAULT nextval('numbers'), v text)",
                "CREATE TABLE serial (id serial PRIMARY KEY, v text)",
                "CREATE TABLE always (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)",
                "CREATE TABLE random (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), v text)");
        comesBack(
                "INSERT INTO keyed (v) VALUES ('a'), ('b')",
                "INSERT INTO keyed VALUES (DEFAULT, 'a')",
                "INSERT INTO keyed VALUES (nextval('numbers'), 'a')",
                "INSERT INTO serial (v) VALUES ('a')",
                "INSERT INTO always (v) VALUES ('a')",
                "INSERT INTO random (v) VALUES ('a')");
    }

    @Test
    void generatedColumns() throws Exception {
        this.database.sql(
                "CREATE TABLE priced (id int PRIMARY KEY, net numeric, gross numeric GENERATED ALWAYS AS (net * 1.19)"
                        + " STORED)",
                "INSERT INTO priced VALUES (1, 10), (2, 20)");
        comesBack("DELETE FROM priced WHERE id = 1", "UPDATE priced SET net = 30 WHERE id = 2");
    }

    @Test
    void arrays() throws Exception {
        typed("int[]", "'[0:1]={1,2}'", "'{3}'");
        typed("text[][]", "'{{a,NULL},{\"x\\\"y\",\"\"}}'", "'{}'");
    }

    @Test
    void documents() throws Exception {
        typed("json", "'{\"a\" : 1,  \"a\": 2}'", "'null'");
        typed("jsonb", "'{\"a\": [1, null]}'", "NULL");
    }

    @Test
    void otherTypes() throws Exception {
        this.database.sql("CREATE TYPE mood AS ENUM ('calm', 'cross')", "CREATE TYPE pair AS (a int, b text)");
        typed("uuid", "'00000000-0000-0000-0000-000000000001'", "gen_random_uuid()");
        typed("mood", "'calm'", "'cross'");
        typed("int4range", "'[1,5)'", "'empty'");
        typed("pair", "ROW(1, 'x\"y')", "ROW(NULL, '')");
        typed("bytea", "'\\x00ff'", "''");
        typed("float8", "'-0'", "'NaN'");
        typed("timestamptz", "'2026-01-01 00:00:00.123456+02'", "'infinity'");
    }

    private void typed(String type, String one, String other) throws Exception {
        this.database.sql(
                "DROP TABLE IF EXISTS typed",
                "CREATE TABLE typed (id int PRIMARY KEY, v " + type + ")",
                "INSERT INTO typed VALUES (1, " + one + "), (2, " + other + "), (3, " + one + ")");
        comesBack(
                "DELETE FROM typed WHERE id = 1",
                "UPDATE typed SET v = " + one + " WHERE id = 2",
                "UPDATE typed SET v = " + other + " WHERE id = 3",
                "INSERT INTO typed VALUES (4, " + other + ")");
    }

    @Test
    void batchesInALoop() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    PreparedStatement update =
                            connection.prepareStatement("UPDATE orders SET amount = ? WHERE id = ?")) {
                for (int round = 0; round < 3; round++) {
                    for (int id = 1; id <= 50; id++) {
                        update.setInt(1, round);
                        update.setInt(2, id);
                        update.addBatch();
                    }
                    update.executeBatch();
                }
            }
        }));
    }

    @Test
    void whatTriggersChange() throws Exception {
        this.database.sql(
                "CREATE TABLE history (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, who int)",
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO history (who)"
                        + " VALUES (OLD.id); UPDATE orders SET amount = 0 WHERE customer = OLD.id; RETURN OLD; END$$",
                "CREATE TRIGGER note AFTER UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION note()");
        comesBack("UPDATE customer SET name = 'x' WHERE id < 9");
    }

    @Test
    void severalTablesInOneStatement() {
        comesBack("WITH a AS (DELETE FROM orders WHERE id < 5 RETURNING customer), b AS (UPDATE customer SET name = 'x'"
                + " WHERE id IN (SELECT customer FROM a) RETURNING id) INSERT INTO orders SELECT 1000 + id, id FROM b");
    }

    @Test
    void statementsInsideStatements() throws Exception {
        this.database.sql("CREATE FUNCTION forget(who int) RETURNS int LANGUAGE sql AS"
                + " 'DELETE FROM orders WHERE customer = who RETURNING id'");
        comesBack("UPDATE customer SET name = forget(id) WHERE id < 9");
    }

    @Test
    void changedKeys() {
        comesBack("UPDATE orders SET id = id + 1000 WHERE id > 90");
    }

    @Test
    void tablesWithoutAKey() throws Exception {
        this.database.sql("CREATE TABLE loose (v text)", "INSERT INTO loose VALUES ('a'), ('a'), (NULL), ('b')");
        comesBack("DELETE FROM loose WHERE ctid = '(0,1)'", "UPDATE loose SET v = 'c' WHERE v IS NULL");
    }

    @Test
    void compositeKeysAndQuotedNames() throws Exception {
        this.database.sql(
                "CREATE TABLE \"My \"\"Table\"\"; --\" (\"A b\" int, \"c.d\" text, v text, PRIMARY KEY (\"c.d\", \"A b\"))",
                "INSERT INTO \"My \"\"Table\"\"; --\" VALUES (1, 'x', 'a'), (1, 'y', 'b')");
        comesBack("DELETE FROM \"My \"\"Table\"\"; --\" WHERE \"A b\" = 1 AND \"c.d\" = 'x'");
    }

    @Test
    void manyRowsAtOnce() throws Exception {
        this.database.sql(
                "CREATE TABLE many (id int PRIMARY KEY, v text)",
                "INSERT INTO many SELECT i, 'row ' || i FROM generate_series(1, 20000) i");
        comesBack("DELETE FROM many WHERE id % 3 = 0", "UPDATE many SET v = 'x' WHERE id % 3 = 1");
    }

    @Test
    void changesOfOneRowInOrder() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            for (int i = 0; i < 20; i++) {
                shop.jdbc().update("UPDATE orders SET amount = ? WHERE id = 1", i);
            }
            shop.jdbc().update("DELETE FROM orders WHERE id = 1");
            shop.jdbc().update("INSERT INTO orders VALUES (1, 1, 5)");
        }));
    }

    @Test
    void aLateWriterIsNotOverwritten() {
        this.database.run(shop -> {
            shop.act(() -> shop.jdbc().update("UPDATE orders SET amount = 0 WHERE id = 1"));
            this.database.sql("UPDATE orders SET amount = 77 WHERE id = 1");

            assertThat(shop.rollback().result()).isEqualTo(RollbackResult.REFUSED);

            assertThat(this.database.texts("SELECT amount FROM orders WHERE id = 1"))
                    .containsExactly("77");
        });
    }

    @Test
    void aLateWriterOfAnotherColumnIsNotOverwrittenEither() {
        this.database.run(shop -> {
            shop.act(() -> shop.jdbc().update("UPDATE customer SET name = 'x' WHERE id = 1"));
            this.database.sql("UPDATE customer SET active = true WHERE id = 1");

            assertThat(shop.rollback().result()).isEqualTo(RollbackResult.REFUSED);

            assertThat(this.database.texts("SELECT c::text FROM customer c WHERE id = 1"))
                    .containsExactly("(1,x,t)");
        });
    }

    private void comesBack(String... statements) {
        this.database.run(shop -> shop.assertComesBack(() -> {
            for (String sql : statements) {
                execute(shop, sql);
            }
        }));
    }

    /** Names with a question mark or a brace stay what they are. */
    private static void execute(Shop shop, String sql) throws SQLException {
        try (Connection connection = shop.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
