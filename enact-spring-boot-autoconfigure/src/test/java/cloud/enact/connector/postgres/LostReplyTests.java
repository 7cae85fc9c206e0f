package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Nobody knows whether a commit took place whose reply is lost; a rollback finds out by what is in the database. */
class LostReplyTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void aCommitThatTookPlaceIsUndone() {
        run(Fate.COMMITTED, shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM customer")))
                    .hasStackTraceContaining("reply is lost");
            assertThat(this.database.content()).isNotEqualTo(before);

            shop.assertComesBack(before);
        });
    }

    @Test
    void aCommitThatDidNotTakePlaceIsNot() {
        run(Fate.NOT_COMMITTED, shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM customer")))
                    .hasStackTraceContaining("reply is lost");
            RollbackReport report = shop.rollback();

            assertThat(report.steps().get(0).detail()).contains("never took effect");
            assertThat(this.database.content()).isEqualTo(before);
        });
    }

    @Test
    void aCommitOfTheCallerThatTookPlaceIsUndone() {
        run(Fate.COMMITTED, shop -> {
            Map<String, List<String>> before = this.database.content();

            assertThatThrownBy(() -> shop.transaction().executeWithoutResult(status -> {
                        try {
                            shop.act(() -> shop.jdbc().update("DELETE FROM customer"));
                        } catch (Throwable ex) {
                            throw new IllegalStateException(ex);
                        }
                    }))
                    .isInstanceOf(DataAccessException.class);

            shop.assertComesBack(before);
        });
    }

    @Test
    void aRollbackWhoseCommitTookPlaceIsNotDoneTwice() {
        run(Fate.COMMITTED, shop -> {
            Map<String, List<String>> before = this.database.content();
            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM customer")));
            shop.context().getBean(Losing.class).next(Fate.COMMITTED);

            RollbackReport lost = shop.rollback();
            assertThat(lost.result()).as(lost.toString()).isNotEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.database.content()).isEqualTo(before);
            this.database.sql("UPDATE orders SET amount = -1 WHERE id = 1");
            Map<String, List<String>> now = this.database.content();
            RollbackReport again = shop.rollback();

            assertThat(again.result()).as(again.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(again.toString()).contains("An earlier rollback restored it");
            assertThat(this.database.content()).isEqualTo(now);
        });
    }

    private void run(Fate fate, ShopDatabase.Visit visit) {
        this.database.application().withUserConfiguration(Beans.class).run(context -> {
            context.getBean(Losing.class).next(fate);
            visit.to(new Shop(context, this.database));
        });
    }

    enum Fate {
        TOLD,
        COMMITTED,
        NOT_COMMITTED
    }

    /** Loses the reply to the next commit of a transaction that wrote something. */
    static class Losing extends AbstractDataSource {

        private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.TOLD);

        private final DataSource target;

        Losing(DataSource target) {
            this.target = target;
        }

        public void next(Fate fate) {
            this.fate.set(fate);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = this.target.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Losing.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                        Fate fate = method.getName().equals("commit") && hasWritten(connection)
                                ? this.fate.getAndSet(Fate.TOLD)
                                : Fate.TOLD;
                        try {
                            Object result = (fate == Fate.NOT_COMMITTED) ? null : method.invoke(connection, args);
                            if (fate != Fate.TOLD) {
                                connection.close();
                                throw new SQLException("The reply is lost", "08006");
                            }
                            return result;
                        } catch (InvocationTargetException ex) {
                            throw ex.getTargetException();
                        }
                    });
        }

        private static boolean hasWritten(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT pg_current_xact_id_if_assigned()")) {
                return rows.next() && rows.getString(1) != null;
            }
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        @Primary
        Losing losing(org.springframework.core.env.Environment environment) {
            return new Losing(new PostgresDataSource(environment.getRequiredProperty("test.database")));
        }

        @Bean
        @Primary
        JdbcTemplate losingTemplate(Losing losing) {
            return new JdbcTemplate(losing);
        }

        @Bean
        @Primary
        JdbcTransactionManager losingTransactions(Losing losing) {
            return new JdbcTransactionManager(losing);
        }
    }
}
