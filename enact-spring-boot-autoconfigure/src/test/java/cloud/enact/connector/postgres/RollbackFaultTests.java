package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.postgres.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When the database fails, a rollback changed everything or nothing, and can be tried again. */
class RollbackFaultTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void aConnectionThatIsCutInARollback() throws Exception {
        cutWhenWritten();
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();
            shop.act(() -> shop.jdbc().update("DELETE FROM customer"));
            Map<String, List<String>> wiped = this.database.content();
            this.database.sql("INSERT INTO aside.cut VALUES (1)");

            RollbackReport cut = shop.rollback();

            assertThat(cut.result()).as(cut.toString()).isNotEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.database.content()).isEqualTo(wiped);
            this.database.sql("DELETE FROM aside.cut");
            shop.assertComesBack(before);
        });
    }

    /** A row put into orders ends the connection while the table is not empty. */
    private void cutWhenWritten() throws Exception {
        this.database.sql(
                "CREATE SCHEMA aside",
                "CREATE TABLE aside.cut (id int)",
                "CREATE FUNCTION aside.cut() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM"
                        + " pg_terminate_backend(pg_backend_pid()) FROM aside.cut; RETURN NULL; END$$",
                "CREATE TRIGGER cut AFTER INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION aside.cut()",
                "ALTER TABLE orders ENABLE ALWAYS TRIGGER cut");
    }

    @Test
    void aStatementTimeoutInARollback() {
        assertWaitsNoLonger("statement_timeout = '200ms'", "enact.postgres.lock-timeout=60s");
    }

    @Test
    void aLockTimeoutInARollback() {
        assertWaitsNoLonger("statement_timeout = 0", "enact.postgres.lock-timeout=200ms");
    }

    private void assertWaitsNoLonger(String setting, String property) {
        this.database.application().withPropertyValues(property).run(context -> {
            Shop shop = new Shop(context, this.database);
            Map<String, List<String>> before = this.database.content();
            shop.act(() -> shop.jdbc().update("UPDATE orders SET amount = 0"));
            Map<String, List<String>> changed = this.database.content();
            this.database.sql("ALTER DATABASE " + this.database.name() + " SET " + setting);
            shop.dataSource()
                    .unwrap(HikariDataSource.class)
                    .getHikariPoolMXBean()
                    .softEvictConnections();
            try (Connection person = PostgresServer.shared().connect(this.database.name());
                    Statement statement = person.createStatement()) {
                person.setAutoCommit(false);
                statement.execute("SELECT * FROM orders WHERE id = 50 FOR UPDATE");

                RollbackReport late = shop.rollback();

                assertThat(late.result()).as(late.toString()).isNotEqualTo(RollbackResult.ROLLED_BACK);
                assertThat(this.database.content()).isEqualTo(changed);
                person.rollback();
            }
            shop.assertComesBack(before);
        });
    }

    @Test
    void aDeadlockInARollback() {
        this.database.run(shop -> {
            Map<String, List<String>> before = this.database.content();
            shop.act(() -> shop.jdbc().update("UPDATE orders SET amount = 0"));
            try (Connection person = PostgresServer.shared().connect(this.database.name());
                    Statement statement = person.createStatement()) {
                statement.execute("SET deadlock_timeout = '10min'");
                person.setAutoCommit(false);
                statement.execute("SELECT * FROM orders WHERE id = 50 FOR UPDATE");
                CompletableFuture<RollbackReport> late = CompletableFuture.supplyAsync(shop::rollback);
                this.database.await("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()");
                // the restore holds the first and waits for the other
                statement.execute("SELECT * FROM orders WHERE id = 1 FOR UPDATE");

                assertThat(late.get().result()).isNotEqualTo(RollbackResult.ROLLED_BACK);
                person.rollback();
            }
            shop.assertComesBack(before);
        });
    }
}
