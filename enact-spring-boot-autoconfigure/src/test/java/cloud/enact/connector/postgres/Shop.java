package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** An application on a shop's database, whose governed actions do what a test wants. */
record Shop(AssertableApplicationContext context, ShopDatabase database) {

    DataSource dataSource() {
        return this.context.getBean("dataSource", DataSource.class);
    }

    JdbcTemplate jdbc() {
        return this.context.getBean(JdbcTemplate.class);
    }

    TransactionTemplate transaction() {
        return transaction(TransactionTemplate.PROPAGATION_REQUIRED);
    }

    TransactionTemplate transaction(int propagation) {
        TransactionTemplate template = new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
        template.setPropagationBehavior(propagation);
        return template;
    }

    /** Does it as the governed action {@code shop.work}. */
    void act(Work work) throws Throwable {
        Hands hands = this.context.getBean(Hands.class);
        hands.next(work);
        hands.work();
    }

    /** Does it as the governed action {@code shop.check}, which a shop has for what goes on inside another one. */
    void actInside(Work work) throws Throwable {
        Hands hands = this.context.getBean(Hands.class);
        hands.next(work);
        hands.check();
    }

    /** Does it as the governed action {@code shop.look}, which says that it only reads. */
    void look(Work work) throws Throwable {
        Hands hands = this.context.getBean(Hands.class);
        hands.next(work);
        hands.look();
    }

    /** Takes back the run of the last {@code shop.work}. */
    RollbackReport rollback() {
        return this.context.getBean(Enact.class).rollback(lastRun());
    }

    RunId lastRun() {
        return receipt("shop.work").runId();
    }

    /** The last outcome of an action. */
    Receipt receipt(String action) {
        List<Receipt> receipts = this.context
                .getBean(ReceiptStore.class)
                .query(ReceiptFilter.ofAction(action), null, 100)
                .receipts()
                .stream()
                .filter(receipt -> receipt.kind() == ReceiptKind.COMPLETED)
                .toList();
        return receipts.stream()
                .max((one, other) -> Long.compare(one.seq(), other.seq()))
                .orElseThrow();
    }

    /** Does it as a governed action, sees that something changed, takes it back, and sees that nothing is left of it. */
    void assertComesBack(Work work) throws Throwable {
        Map<String, List<String>> before = this.database.content();

        act(work);
        assertThat(this.database.content()).isNotEqualTo(before);

        assertComesBack(before);
    }

    /** Takes the last action back, and sees that all is as it was. */
    void assertComesBack(Map<String, List<String>> before) throws Throwable {
        RollbackReport report = rollback();
        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.database.content()).isEqualTo(before);
    }

    /** Lets what is thrown through a door that has no word for it. */
    static void unchecked(Work work) {
        try {
            work.run();
        } catch (RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** What an action does. */
    interface Work {

        void run() throws Throwable;
    }

    /** Does whatever it is given next. */
    static class Hands {

        private final ThreadLocal<@Nullable Work> next = new ThreadLocal<>();

        public void next(Work work) {
            this.next.set(work);
        }

        @EnactAction("shop.work")
        public void work() throws Throwable {
            run();
        }

        @EnactAction("shop.check")
        public void check() throws Throwable {
            run();
        }

        @EnactAction(value = "shop.look", reversibility = Reversibility.READ_ONLY)
        public void look() throws Throwable {
            run();
        }

        private void run() throws Throwable {
            Work work = this.next.get();
            this.next.remove();
            if (work != null) {
                work.run();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Beans {

        @Bean
        HikariDataSource dataSource(Environment environment) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setDataSource(new PostgresDataSource(environment.getRequiredProperty("test.database")));
            dataSource.setMaximumPoolSize(2);
            dataSource.setConnectionTimeout(5000);
            return dataSource;
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        Hands hands() {
            return new Hands();
        }
    }
}
