package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.undo.postgres.PostgresServer;
import java.io.StringReader;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/** Every way to change rows with a statement is captured, and comes back. */
class GuardedStatementTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE customer SET name = upper(name) FROM orders WHERE orders.customer = customer.id",
                "INSERT INTO customer (name) SELECT name FROM customer WHERE id IN (SELECT customer FROM orders)",
                "INSERT INTO customer (id, name) VALUES (1, 'x'), (99, 'y') ON CONFLICT (id) DO UPDATE SET name ="
                        + " EXCLUDED.name",
                "MERGE INTO customer c USING (VALUES (1, 'x'), (2, NULL), (99, 'y')) v (id, name) ON c.id = v.id"
                        + " WHEN MATCHED AND v.name IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET name = v.name"
                        + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name)",
                "WITH gone AS (DELETE FROM orders WHERE customer < 9 RETURNING customer), told AS (UPDATE customer SET"
                        + " name = 'told' WHERE id IN (SELECT customer FROM gone) RETURNING id) INSERT INTO customer"
                        + " (name) SELECT 'copy of ' || id FROM told",
                "DELETE FROM customer WHERE id < 10 RETURNING id",
                "TRUNCATE customer CASCADE",
                "TRUNCATE orders",
                "DO $$BEGIN DELETE FROM orders; EXECUTE 'UPDATE customer SET name = NULL'; END$$",
                "DELETE FROM orders WHERE id < 10; UPDATE customer SET name = 'x'; DELETE FROM customer WHERE id = 7"
            })
    void plainSql(String sql) throws Exception {
        assumeThat(sql.startsWith("MERGE") && PostgresServer.shared().majorVersion() < 15)
                .isFalse();
        this.database.run(shop -> shop.assertComesBack(() -> shop.jdbc().execute(sql)));
    }

    @Test
    void aQueryThatChangesRows() {
        this.database.run(shop -> shop.assertComesBack(() -> assertThat(shop.jdbc()
                        .queryForList("UPDATE customer SET name = 'x' WHERE id < 4 RETURNING id", Integer.class))
                .hasSize(3)));
    }

    @Test
    void aFunctionAndAProcedure() throws Exception {
        this.database.sql(
                "CREATE FUNCTION forget(who int) RETURNS int LANGUAGE sql AS"
                        + " 'DELETE FROM customer WHERE id = who RETURNING id'",
                "CREATE PROCEDURE rename(who int) LANGUAGE sql AS 'UPDATE customer SET name = ''x'' WHERE id = who'");
        this.database.run(shop -> shop.assertComesBack(() -> {
            shop.jdbc().queryForObject("SELECT forget(3)", Integer.class);
            shop.jdbc().update("CALL rename(4)");
            try (Connection connection = shop.dataSource().getConnection();
                    CallableStatement call = connection.prepareCall("{? = call forget(?)}")) {
                call.registerOutParameter(1, java.sql.Types.INTEGER);
                call.setInt(2, 5);
                call.execute();
                assertThat(call.getInt(1)).isEqualTo(5);
            }
        }));
    }

    @Test
    void aProcedureThatCommitsIsStopped() throws Exception {
        this.database.sql("CREATE PROCEDURE wipe() LANGUAGE plpgsql AS $$BEGIN DELETE FROM orders; COMMIT; END$$");
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().execute("CALL wipe()")))
                    .hasStackTraceContaining("transaction");

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void batchesOfStatementsAndOfParameters() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            shop.jdbc().batchUpdate("UPDATE customer SET name = 'a' WHERE id = 1", "DELETE FROM orders WHERE id < 50");
            shop.jdbc()
                    .batchUpdate(
                            "UPDATE customer SET name = ? WHERE id = ?",
                            List.of(new Object[] {"b", 2}, new Object[] {"c", 3}));
        }));
    }

    @Test
    void aBatchThatFailsInTheMiddleLeavesNothing() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc()
                            .batchUpdate(
                                    "DELETE FROM orders WHERE id < 50", "UPDATE customer SET id = 2 WHERE id = 1")))
                    .hasStackTraceContaining("customer_pkey");

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void generatedKeysAreHandedOut() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO customer (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
                insert.setString(1, "new");
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt("id")).isEqualTo(48);
                }
            }
        }));
    }

    @Test
    void copyThroughTheDriver() {
        this.database.run(shop -> shop.assertComesBack(() -> shop.transaction()
                .execute(status -> shop.jdbc().execute((Connection connection) -> {
                    try {
                        return connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("COPY customer FROM STDIN", new StringReader("98\tx\tt\n99\ty\tf\n"));
                    } catch (java.io.IOException ex) {
                        throw new java.io.UncheckedIOException(ex);
                    }
                }))));
    }

    @Test
    void theDriversOwnConnectionIsRefusedWhereNobodyWouldSeeItCommit() {
        this.database.run(shop -> assertThatThrownBy(() -> shop.act(() -> {
                    try (Connection connection = shop.dataSource().getConnection()) {
                        connection.unwrap(PGConnection.class);
                    }
                }))
                .hasMessageContaining("only within a transaction"));
    }

    @Test
    void theDriversOwnStatementIsReachedWithinATransaction() {
        this.database.run(shop -> shop.assertComesBack(() -> shop.transaction()
                .executeWithoutResult(status -> shop.jdbc()
                        .update("UPDATE customer SET name = 'x' WHERE id = ?", statement -> {
                            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
                            statement.setInt(1, 9);
                        }))));
    }

    @Test
    void rowsChangedThroughAResultSet() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery("SELECT id, name, active FROM customer ORDER BY id")) {
                rows.next();
                rows.updateString("name", "changed");
                rows.updateRow();
                rows.next();
                rows.deleteRow();
                rows.moveToInsertRow();
                rows.updateInt("id", 99);
                rows.updateString("name", "added");
                rows.insertRow();
            }
        }));
    }

    @Test
    void whatAStatementOrAResultSetBelongsToIsGuardedToo() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(statement.getConnection()).isSameAs(connection);
                assertThat(rows.getStatement()).isSameAs(statement);
                DatabaseMetaData about = connection.getMetaData();
                assertThat(about.getConnection()).isSameAs(connection);
                rows.getStatement().getConnection().createStatement().execute("DELETE FROM orders");
            }
        }));
    }

    @Test
    void whatNobodyCanTakeBackIsOnRecordWhereThatIsAllowed() throws Exception {
        this.database.sql("CREATE SCHEMA aside", "CREATE TABLE aside.note (v text)");
        this.database
                .application()
                .withPropertyValues("enact.postgres.unprotected-write=record")
                .run(context -> {
                    Shop shop = new Shop(context, this.database);

                    shop.act(() -> {
                        shop.jdbc().update("DELETE FROM orders");
                        shop.jdbc().update("INSERT INTO aside.note VALUES ('x')");
                    });
                    shop.rollback();

                    assertThat(this.database.texts("SELECT count(*) FROM orders"))
                            .containsExactly("100");
                    assertThat(this.database.texts("SELECT v FROM aside.note")).containsExactly("x");
                    assertThat(shop.receipt("shop.work")
                                    .fields()
                                    .get("actions_taken")
                                    .toString())
                            .contains("unprotected=[aside.note]");
                });
    }

    @Test
    void whatAnActionDefinesIsRefusedOrOnRecord() throws Exception {
        this.database.run(shop -> {
            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().execute("CREATE VIEW sneaky AS SELECT 1 AS id")))
                    .hasStackTraceContaining("A governed action wrote to CREATE VIEW public.sneaky");
            // everybody else defines what they like
            shop.jdbc().execute("CREATE VIEW plain AS SELECT 1 AS id");
        });
        this.database
                .application()
                .withPropertyValues("enact.postgres.unprotected-write=record")
                .run(context -> {
                    Shop shop = new Shop(context, this.database);

                    shop.act(() -> shop.jdbc().execute("CREATE VIEW sneaky AS SELECT 1 AS id"));

                    assertThat(shop.receipt("shop.work")
                                    .fields()
                                    .get("actions_taken")
                                    .toString())
                            .contains("unprotected=[CREATE VIEW public.sneaky]");
                });
    }

    @Test
    void aCursorReadsWhileRowsAreChanged() {
        this.database.run(shop -> shop.assertComesBack(() -> shop.transaction().executeWithoutResult(status -> {
            shop.jdbc().setFetchSize(5);
            shop.jdbc().query("SELECT id FROM customer ORDER BY id", rows -> {
                shop.jdbc().update("UPDATE customer SET name = 'seen' WHERE id = ?", rows.getInt(1));
            });
        })));
    }

    @Test
    void aFetchSizeSurvivesAStatementOfItsOwn() {
        this.database.run(shop -> shop.act(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.setFetchSize(5);
                int count = 0;
                try (ResultSet rows = statement.executeQuery("SELECT id FROM customer")) {
                    while (rows.next()) {
                        count++;
                    }
                }
                assertThat(count).isEqualTo(47);
                assertThat(statement.getFetchSize()).isEqualTo(5);
            }
        }));
    }
}
