package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Reversibility;
import cloud.enact.receipt.Receipt;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What governed actions do to rows through a guarded data source, and how it is undone. */
class GuardedDataSourceTests {

    @RegisterExtension
    final ShopDatabase database = new ShopDatabase();

    @Test
    void aWipeWithAllItCascadedToComesBack() {
        application().run(context -> {
            List<String> before = rows(context);

            desk(context).cleanUp();
            assertThat(rows(context)).isEmpty();
            RollbackReport report = rollback(context, "shop.clean_up");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void aRunOfSeveralTransactionsIsUndoneAsOne() {
        application().run(context -> {
            List<String> before = rows(context);

            desk(context).renameOneByOne();
            RollbackReport report = rollback(context, "shop.rename");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void anActionsOwnTransactionIsCaptured() {
        application().run(context -> {
            List<String> before = rows(context);

            desk(context).deactivate();
            RollbackReport report = rollback(context, "shop.deactivate");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void whatTheCallerDoesAroundTheActionIsNotUndone() {
        application().run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);

            transaction(context).executeWithoutResult(status -> {
                jdbc.update("UPDATE customer SET name = 'before' WHERE id = 1");
                desk(context).deactivate();
                jdbc.update("UPDATE customer SET name = 'after' WHERE id = 2");
            });
            RollbackReport report = rollback(context, "shop.deactivate");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(jdbc.queryForList("SELECT name FROM customer WHERE id < 3 ORDER BY id", String.class))
                    .containsExactly("before", "after");
            assertThat(jdbc.queryForObject("SELECT count(*) FROM customer WHERE active", Integer.class))
                    .isEqualTo(42);
        });
    }

    @Test
    void aCallersTransactionGoesOnAfterAnActionBeganIt() {
        application().run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);

            transaction(context).executeWithoutResult(status -> {
                desk(context).deactivate();
                jdbc.update("UPDATE customer SET name = 'after' WHERE id = 30");
            });
            RollbackReport report = rollback(context, "shop.deactivate");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(jdbc.queryForObject("SELECT name FROM customer WHERE id = 30", String.class))
                    .isEqualTo("after");
        });
    }

    @Test
    void whatTheCallerRolledBackIsNotUndoneTwice() {
        application().run(context -> {
            List<String> before = rows(context);

            transaction(context).executeWithoutResult(status -> {
                desk(context).deactivate();
                status.setRollbackOnly();
            });
            RollbackReport report = rollback(context, "shop.deactivate");

            assertThat(report.steps().get(0).detail()).contains("never took effect");
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void laterWorkIsNeverOverwritten() {
        application().run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            desk(context).deactivate();
            jdbc.update("UPDATE customer SET active = NULL WHERE id = 7");
            List<String> now = rows(context);

            RollbackReport report = rollback(context, "shop.deactivate");

            assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(report.steps().get(0).detail()).contains("customer").contains("id=7");
            assertThat(rows(context)).isEqualTo(now);
        });
    }

    @Test
    void aWriteNobodyCouldTakeBackIsRefused() throws SQLException {
        this.database.sql("CREATE TABLE note (text text)");
        application().run(context -> {
            assertThatThrownBy(() -> desk(context).note("x")).hasMessageContaining("note");

            assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT count(*) FROM note", Integer.class))
                    .isZero();
        });
    }

    @Test
    void aStatementCantEndItsTransaction() {
        application().run(context -> {
            List<String> before = rows(context);

            assertThatThrownBy(() -> desk(context).run("ROLLBACK; DELETE FROM orders"))
                    .rootCause()
                    .hasMessageContaining("never by a statement");
            assertThatThrownBy(() -> desk(context).run("/* x */ commit"))
                    .rootCause()
                    .hasMessageContaining("never by a statement");

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void anActionThatOnlyReadsCanOnlyRead() {
        application().run(context -> {
            assertThat(desk(context).count()).isEqualTo(47);
            assertThatThrownBy(() -> desk(context).countAndDelete()).hasStackTraceContaining("read-only");
        });
    }

    @Test
    void theReceiptSaysHowManyRowsOfWhichTables() {
        application().run(context -> {
            desk(context).cleanUp();

            assertThat(receipt(context, "shop.clean_up")
                            .fields()
                            .get("actions_taken")
                            .toString())
                    .contains("dataSource.change_rows")
                    .contains("public.customer={deleted=47}")
                    .contains("public.orders={deleted=100}");
        });
    }

    @Test
    void outsideOfActionsNothingIsCapturedAndNothingStaysBehind() {
        application().run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            desk(context).deactivate();

            jdbc.update("DELETE FROM orders WHERE id = 1");

            assertThat(jdbc.queryForObject("SELECT count(*) FROM enact_undo.marker", Integer.class))
                    .isEqualTo(1);
            assertThat(jdbc.queryForObject("SHOW transaction_deferrable", String.class))
                    .isEqualTo("off");
            assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
        });
    }

    private ApplicationContextRunner application() {
        return this.database
                .application()
                .withPropertyValues("enact.postgres.protect=public.customer,public.orders")
                .withUserConfiguration(Desks.class);
    }

    private static Desk desk(AssertableApplicationContext context) {
        return context.getBean(Desk.class);
    }

    private static TransactionTemplate transaction(AssertableApplicationContext context) {
        return new TransactionTemplate(context.getBean(JdbcTransactionManager.class));
    }

    private static List<String> rows(AssertableApplicationContext context) {
        return context.getBean(JdbcTemplate.class)
                .queryForList(
                        "SELECT c::text FROM customer c UNION ALL SELECT o::text FROM orders o ORDER BY 1",
                        String.class);
    }

    private Receipt receipt(AssertableApplicationContext context, String action) {
        return new Shop(context, this.database).receipt(action);
    }

    private RollbackReport rollback(AssertableApplicationContext context, String action) {
        return context.getBean(Enact.class).rollback(receipt(context, action).runId());
    }

    @Configuration(proxyBeanMethods = false)
    static class Desks {

        @Bean
        Desk desk(JdbcTemplate jdbc) {
            return new Desk(jdbc);
        }
    }

    static class Desk {

        private final JdbcTemplate jdbc;

        Desk(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @EnactAction("shop.clean_up")
        public void cleanUp() {
            this.jdbc.update("DELETE FROM customer");
        }

        @EnactAction("shop.rename")
        public void renameOneByOne() {
            for (int id = 1; id <= 5; id++) {
                this.jdbc.update("UPDATE customer SET name = ? WHERE id = ?", "renamed", id);
            }
            this.jdbc.update("INSERT INTO customer VALUES (48, 'new', true)");
            this.jdbc.update("DELETE FROM customer WHERE id IN (1, 48)");
        }

        @EnactAction("shop.deactivate")
        @Transactional
        public void deactivate() {
            this.jdbc.update("UPDATE customer SET active = false WHERE id < 10");
            this.jdbc.update("DELETE FROM orders WHERE customer = 3");
        }

        @EnactAction("shop.note")
        public void note(String text) {
            this.jdbc.update("INSERT INTO note VALUES (?)", text);
        }

        @EnactAction("shop.run")
        public void run(String sql) {
            this.jdbc.execute(sql);
        }

        @EnactAction(value = "shop.count", reversibility = Reversibility.READ_ONLY)
        public int count() {
            Integer count = this.jdbc.queryForObject("SELECT count(*) FROM customer", Integer.class);
            return (count != null) ? count : -1;
        }

        @EnactAction(value = "shop.count_and_delete", reversibility = Reversibility.READ_ONLY)
        public void countAndDelete() {
            this.jdbc.queryForObject(
                    "WITH d AS (DELETE FROM customer RETURNING id) SELECT count(*) FROM d", Integer.class);
        }
    }
}
