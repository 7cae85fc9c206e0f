package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.rollback.RollbackReport;
import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of governed actions, and of those around them. */
class GuardedTransactionTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void savepointsInsideAnAction() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("DELETE FROM orders WHERE id < 10");
                Savepoint savepoint = connection.setSavepoint();
                statement.execute("DELETE FROM customer");
                connection.rollback(savepoint);
                statement.execute("UPDATE customer SET name = 'x' WHERE id = 1");
                Savepoint released = connection.setSavepoint("named \"so\"");
                statement.execute("DELETE FROM customer WHERE id = 2");
                connection.releaseSavepoint(released);
                connection.commit();
            }
        }));
    }

    @Test
    void aNestedTransactionThatIsTakenBackInsideAnAction() {
        this.database.run(shop -> shop.assertComesBack(() -> shop.transaction().executeWithoutResult(status -> {
            shop.jdbc().update("DELETE FROM orders WHERE id < 10");
            shop.transaction(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(nested -> {
                shop.jdbc().update("DELETE FROM customer");
                nested.setRollbackOnly();
            });
            shop.jdbc().update("UPDATE customer SET name = 'x'");
        })));
    }

    @Test
    void anActionInANestedTransactionThatIsTakenBackNeverTookEffect() {
        this.database.run(shop -> {
            shop.transaction().executeWithoutResult(status -> {
                shop.jdbc().update("UPDATE customer SET name = 'mine' WHERE id = 1");
                shop.transaction(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(nested -> {
                    Shop.unchecked(() -> shop.act(() -> shop.jdbc().update("DELETE FROM orders")));
                    nested.setRollbackOnly();
                });
                shop.jdbc().update("UPDATE customer SET name = 'mine' WHERE id = 2");
            });
            Map<String, List<String>> now = this.database.content();

            RollbackReport report = shop.rollback();

            assertThat(report.steps().get(0).detail()).contains("never took effect");
            assertThat(this.database.content()).isEqualTo(now);
            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("100");
            assertThat(this.database.texts("SELECT count(*) FROM customer WHERE name = 'mine'"))
                    .containsExactly("2");
        });
    }

    @Test
    void aTransactionOfItsOwnInsideTheCallers() {
        this.database.run(shop -> {
            shop.transaction().executeWithoutResult(status -> {
                shop.jdbc().update("UPDATE customer SET name = 'mine' WHERE id = 1");
                Shop.unchecked(() -> shop.act(() -> shop.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                        .executeWithoutResult(own -> shop.jdbc().update("DELETE FROM orders"))));
            });
            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("0");

            shop.rollback();

            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("100");
            assertThat(this.database.texts("SELECT name FROM customer WHERE id = 1"))
                    .containsExactly("mine");
        });
    }

    @Test
    void aRunOfSeveralTransactionsOnSeveralConnections() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            shop.jdbc().update("INSERT INTO customer (id, name) VALUES (99, 'new')");
            shop.transaction().executeWithoutResult(status -> {
                shop.jdbc().update("UPDATE customer SET name = 'x' WHERE id < 5 OR id = 99");
                shop.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                        .executeWithoutResult(own -> shop.jdbc().update("DELETE FROM customer WHERE id = 8"));
            });
            shop.jdbc().update("DELETE FROM customer WHERE id IN (3, 99)");
        }));
    }

    @Test
    void actionsInsideActionsAreStepsOfTheirOwnReceipts() {
        this.database.run(shop -> {
            shop.assertComesBack(() -> shop.transaction().executeWithoutResult(status -> {
                shop.jdbc().update("DELETE FROM orders WHERE id = 1");
                Shop.unchecked(() -> shop.actInside(() -> shop.jdbc().update("DELETE FROM orders WHERE id IN (2, 3)")));
                shop.jdbc().update("DELETE FROM orders WHERE id IN (4, 5, 6)");
            }));

            assertThat(shop.receipt("shop.work").fields().get("actions_taken").toString())
                    .contains("deleted=1")
                    .contains("deleted=3")
                    .doesNotContain("deleted=2");
            assertThat(shop.receipt("shop.check").fields().get("actions_taken").toString())
                    .contains("deleted=2")
                    .doesNotContain("deleted=1");
        });
    }

    @Test
    void oneActionAfterTheOtherInATransactionOfTheirCaller() {
        this.database.run(shop -> {
            shop.transaction().executeWithoutResult(status -> {
                Shop.unchecked(() -> shop.actInside(() -> shop.jdbc().update("DELETE FROM orders WHERE id = 1")));
                Shop.unchecked(() -> shop.act(() -> shop.jdbc().update("DELETE FROM orders WHERE id = 2")));
            });

            shop.rollback();

            assertThat(this.database.texts("SELECT min(id) FROM orders")).containsExactly("2");
        });
    }

    @Test
    void anActionThatOnlyReadsWritesNothingInATransactionOfItsCaller() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.transaction()
                            .executeWithoutResult(status -> Shop.unchecked(
                                    () -> shop.look(() -> shop.jdbc().update("DELETE FROM orders")))))
                    .hasStackTraceContaining("only reads");

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void anActionReadsInATransactionThatMayOnlyRead() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();
            TransactionTemplate readOnly = shop.transaction();
            readOnly.setReadOnly(true);

            readOnly.executeWithoutResult(status -> {
                Shop.unchecked(() -> shop.act(() -> assertThat(count(shop)).isEqualTo(100)));
                Shop.unchecked(() -> shop.look(() -> assertThat(count(shop)).isEqualTo(100)));
            });
            assertThatThrownBy(() -> readOnly.executeWithoutResult(status ->
                            Shop.unchecked(() -> shop.act(() -> shop.jdbc().update("DELETE FROM orders")))))
                    .hasStackTraceContaining("read-only");

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET TRANSACTION READ WRITE", "SET transaction_read_only = off"})
    void whatMayOnlyReadDoesNotBecomeWritable(String statement) {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();
            TransactionTemplate readOnly = shop.transaction();
            readOnly.setReadOnly(true);
            Shop.Work wipe = () -> shop.jdbc().execute(statement + "; DELETE FROM orders");

            assertThatThrownBy(() -> shop.look(wipe)).hasStackTraceContaining("read-write mode");
            assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> Shop.unchecked(() -> shop.act(wipe))))
                    .hasStackTraceContaining("read-write mode");

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{oj ROLLBACK}; DELETE FROM orders", "/* */ {fn xROLLBACK}; DELETE FROM orders"})
    void noEscapeOfJdbcHidesTheEndOfATransaction(String sql) {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().execute(sql)))
                    .hasStackTraceContaining("never by a statement");

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void noFunctionHidesTheEndOfATransaction() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();
            try (Connection connection = shop.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.unwrap(BaseConnection.class).getQueryExecutor().setPreferQueryMode(PreferQueryMode.SIMPLE);

                assertThatThrownBy(() -> shop.act(
                                () -> statement.execute("CREATE FUNCTION one() RETURNS int BEGIN ATOMIC SELECT 1; END;"
                                        + " ROLLBACK; DELETE FROM orders")))
                        .hasStackTraceContaining("never by a statement");
            }

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void noIdeaOfStringsHidesTheEndOfATransaction() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.act(() -> {
                        shop.jdbc().execute("SET standard_conforming_strings = off");
                        shop.jdbc().execute("SELECT 'a\\' , '; ROLLBACK; DELETE FROM orders; --'");
                    }))
                    .hasStackTraceContaining("never by a statement");

            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void anActionThatGivesItsConnectionBackWithoutACommitDidNothing() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();

            shop.act(() -> {
                try (Connection connection = shop.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.execute("DELETE FROM orders");
                }
            });

            assertThat(this.database.content()).isEqualTo(before);
            assertThat(shop.receipt("shop.work").fields().get("actions_taken")).isNull();
        });
    }

    @Test
    void turningAutoCommitOnCommits() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("DELETE FROM orders");
                connection.setAutoCommit(true);
            }
        }));
    }

    @Test
    void aStatementThatFailedAndWasForgivenBySavepointIsNoHarm() {
        this.database.run(shop -> shop.assertComesBack(() -> shop.transaction().executeWithoutResult(status -> {
            shop.jdbc().update("DELETE FROM orders WHERE id < 5");
            Object savepoint = status.createSavepoint();
            assertThatThrownBy(() -> shop.jdbc().update("UPDATE customer SET id = 2 WHERE id = 1"))
                    .hasMessageContaining("customer_pkey");
            status.rollbackToSavepoint(savepoint);
            shop.jdbc().update("DELETE FROM customer WHERE id = 4");
        })));
    }

    @Test
    void statementsOfTheirOwnLeaveNothingForTheEndOfAnAction() {
        this.database.run(shop -> {
            CountingAction action = new CountingAction();
            ConnectionGuard guard =
                    new ConnectionGuard(new GuardSettings("database", UnprotectedWrite.REFUSE), () -> action, step -> {
                        throw new AssertionError("Nothing is changed");
                    });
            try (Connection connection = guard.guard(PostgresServer.shared().connect(this.database.name()));
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 10; i++) {
                    statement.executeQuery("SELECT 1").close();
                }
                assertThat(action.left()).isZero();
                connection.setAutoCommit(false);
                statement.executeQuery("SELECT 1").close();
                statement.executeQuery("SELECT 1").close();
                assertThat(action.left()).isEqualTo(1);
            }
        });
    }

    private static int count(Shop shop) throws SQLException {
        Integer count = shop.jdbc().queryForObject("SELECT count(*) FROM orders", Integer.class);
        return (count != null) ? count : -1;
    }
}
