package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** When the database fails, an action changed everything or nothing, and can be tried again. */
class RowFaultTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void aDeadlockInAnAction() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();
            try (Connection person = PostgresServer.shared().connect(this.database.name());
                    Statement statement = person.createStatement()) {
                // so that the server ends the action and not the person
                statement.execute("SET deadlock_timeout = '10min'");
                person.setAutoCommit(false);
                statement.execute("UPDATE orders SET amount = 0 WHERE id = 2");
                CountDownLatch crossing = new CountDownLatch(1);
                CompletableFuture<Integer> crosswise = CompletableFuture.supplyAsync(() -> {
                    try {
                        crossing.await();
                        return statement.executeUpdate("UPDATE orders SET amount = 0 WHERE id = 1");
                    } catch (Exception ex) {
                        throw new IllegalStateException(ex);
                    }
                });

                assertThatThrownBy(() -> shop.act(() -> shop.transaction().executeWithoutResult(status -> {
                            shop.jdbc().update("DELETE FROM orders WHERE id = 1");
                            crossing.countDown();
                            shop.jdbc().update("DELETE FROM orders WHERE id = 2");
                        })))
                        .isInstanceOf(ConcurrencyFailureException.class)
                        .hasStackTraceContaining("deadlock");

                assertThat(crosswise.get()).isEqualTo(1);
                person.rollback();
            }
            assertThat(this.database.content()).isEqualTo(before);
            shop.assertComesBack(() -> shop.jdbc().update("DELETE FROM orders"));
        });
    }

    @Test
    void aTransactionThatCantBeSerialized() {
        this.database.run(shop -> {
            TransactionTemplate repeatable = shop.transaction();
            repeatable.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

            assertThatThrownBy(() -> shop.act(() -> repeatable.executeWithoutResult(status -> {
                        shop.jdbc().queryForList("SELECT * FROM orders");
                        person("UPDATE orders SET amount = 0 WHERE id = 1");
                        shop.jdbc().update("DELETE FROM orders");
                    })))
                    .isInstanceOf(ConcurrencyFailureException.class);

            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("100");
            shop.assertComesBack(() ->
                    repeatable.executeWithoutResult(status -> shop.jdbc().update("DELETE FROM orders WHERE id = 1")));
        });
    }

    @Test
    void aTransactionThatCantBeSerializedWhenItCommits() {
        this.database.run(shop -> {
            TransactionTemplate serializable = shop.transaction();
            serializable.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
            try (Connection person = PostgresServer.shared().connect(this.database.name());
                    Statement statement = person.createStatement()) {
                person.setAutoCommit(false);
                person.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                statement.executeQuery("SELECT sum(amount) FROM orders").close();

                assertThatThrownBy(() -> shop.act(() -> serializable.executeWithoutResult(status -> {
                            shop.jdbc().queryForList("SELECT sum(amount) FROM orders");
                            shop.jdbc().update("UPDATE orders SET amount = 1 WHERE id = 1");
                            sql(statement, "UPDATE orders SET amount = 2 WHERE id = 2");
                            sql(statement, "COMMIT");
                        })))
                        .isInstanceOf(ConcurrencyFailureException.class);
            }
            assertThat(this.database.texts("SELECT amount FROM orders WHERE id IN (1, 2) ORDER BY id"))
                    .containsExactly("1", "2");
            assertThat(shop.rollback().result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
        });
    }

    @Test
    void aConnectionThatIsCutWhileAnActionChangesRows() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.act(() -> shop.transaction().executeWithoutResult(status -> {
                        shop.jdbc().update("DELETE FROM orders");
                        cut(shop);
                        shop.jdbc().update("DELETE FROM customer");
                    })))
                    .hasStackTraceContaining("rollback failed");
            assertThat(this.database.content()).isEqualTo(before);
            assertThatThrownBy(() -> shop.act(() ->
                            shop.jdbc().execute("DELETE FROM orders; SELECT pg_terminate_backend(pg_backend_pid())")))
                    .hasStackTraceContaining("terminating connection");
            assertThat(this.database.content()).isEqualTo(before);

            assertThat(this.database.texts("SELECT count(*) FROM enact_undo.marker"))
                    .containsExactly("0");
            shop.assertComesBack(() -> shop.jdbc().update("DELETE FROM orders"));
        });
    }

    @Test
    void aConnectionThatIsCutWhenAnActionEndsInItsCallersTransaction() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.transaction()
                            .executeWithoutResult(status -> Shop.unchecked(() -> shop.act(() -> {
                                shop.jdbc().update("DELETE FROM orders");
                                cut(shop);
                            }))))
                    .isInstanceOf(RuntimeException.class);

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    /** A trigger says what a full disk would; the disk itself is not filled. */
    @Test
    void noRoomForWhatIsCaptured() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();
            this.database.sql(
                    "CREATE FUNCTION enact_undo.full() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION"
                            + " 'could not extend file' USING ERRCODE = '53100'; END$$",
                    "CREATE TRIGGER full_disk BEFORE INSERT ON " + undoTable("orders")
                            + " FOR EACH STATEMENT EXECUTE FUNCTION enact_undo.full()");

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM customer")))
                    .hasMessageContaining("could not extend file");

            assertThat(this.database.content()).isEqualTo(before);
            // everybody else goes on
            shop.jdbc().update("DELETE FROM orders WHERE id = 1");
        });
    }

    @Test
    void anUndoTableThatIsGoneStopsActionsAndNobodyElse() {
        this.database.run(shop -> {
            shop.act(() -> shop.jdbc().update("DELETE FROM orders WHERE id = 1"));
            this.database.sql("DROP TABLE " + undoTable("orders"));

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM orders")))
                    .rootCause()
                    .hasMessageContaining("enact_undo.u_");
            assertThat(shop.rollback().result()).isNotEqualTo(RollbackResult.ROLLED_BACK);
            shop.jdbc().update("DELETE FROM orders WHERE id = 2");

            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("98");
        });
    }

    @Test
    void captureObjectsThatAreGoneStopActionsAndNobodyElse() {
        this.database.run(shop -> {
            shop.act(() -> shop.jdbc().update("DELETE FROM orders WHERE id = 1"));
            this.database.sql("DROP SCHEMA enact_undo CASCADE");

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM orders")))
                    .rootCause()
                    .hasMessageContaining("enact_undo");
            assertThat(shop.rollback().result()).isNotEqualTo(RollbackResult.ROLLED_BACK);
            shop.look(() -> shop.jdbc().queryForList("SELECT * FROM orders"));
            shop.jdbc().update("DELETE FROM orders WHERE id = 2");

            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("98");
        });
    }

    @Test
    void whatWasCapturedBeforeTheObjectsWereMadeAgainIsNotMixedUp() {
        this.database.run(shop -> {
            shop.act(() -> shop.jdbc().update("DELETE FROM orders WHERE id = 1"));
            var lost = shop.lastRun();
            this.database.sql("DROP SCHEMA enact_undo CASCADE");
            this.database.run(next -> {
                next.act(() -> next.jdbc().update("DELETE FROM orders WHERE id = 2"));
                Map<String, List<String>> now = this.database.content();

                RollbackReport report = shop.context().getBean(Enact.class).rollback(lost);

                assertThat(this.database.content()).isEqualTo(now);
                assertThat(report.result()).as(report.toString()).isNotEqualTo(RollbackResult.ROLLED_BACK);
                assertThat(report.toString()).doesNotContain("never took effect");
            });
        });
    }

    @Test
    void aVeryWideTable() throws Exception {
        StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
        for (int i = 0; i < 1000; i++) {
            columns.append(", c").append(i).append(" int DEFAULT ").append(i);
        }
        this.database.sql(
                "CREATE TABLE wide (" + columns + ")", "INSERT INTO wide SELECT i FROM generate_series(1, 20) i");
        this.database.run(shop -> shop.assertComesBack(() -> {
            shop.jdbc().update("UPDATE wide SET c999 = -1 WHERE id < 5");
            shop.jdbc().update("DELETE FROM wide WHERE id > 15");
            shop.jdbc().update("INSERT INTO wide (id) VALUES (99)");
        }));
    }

    private String undoTable(String table) throws Exception {
        return this.database
                .texts("SELECT 'enact_undo.u_' || id FROM enact_undo.protected_table WHERE relation = '" + table
                        + "'::regclass AND retired IS NULL")
                .get(0);
    }

    /** Ends the connection of the transaction that is open on this thread. */
    private void cut(Shop shop) {
        Integer pid = shop.jdbc().queryForObject("SELECT pg_backend_pid()", Integer.class);
        person("SELECT pg_terminate_backend(" + pid + ", 10000)");
    }

    private void person(String sql) {
        try {
            this.database.sql(sql);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void sql(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }
}
