package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.receipt.ReceiptKind;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;

/** The gate stands outside of an action's own transaction and follows the caller's. */
class TransactionTests {

    @TempDir
    Path directory;

    @Test
    void callersTransactionThatRolledBackIsNeverReportedAsDone() {
        application().run(context -> {
            transaction(context).executeWithoutResult(status -> {
                ledger(context).book(1);
                assertThat(GateHarness.receipts(context, "ledger.book", ReceiptKind.COMPLETED))
                        .as("before the transaction has ended")
                        .isEmpty();
                status.setRollbackOnly();
            });

            assertThat(GateHarness.outcome(context, "ledger.book"))
                    .containsEntry("status", "FAILED")
                    .containsEntry("transaction", "ROLLED_BACK");
        });
    }

    @Test
    void callersTransactionThatCommittedIsRecordedAfterItsEnd() {
        application().run(context -> {
            transaction(context).executeWithoutResult(status -> {
                ledger(context).book(1);
                assertThat(GateHarness.receipts(context, "ledger.book", ReceiptKind.COMPLETED))
                        .isEmpty();
            });

            assertThat(GateHarness.outcome(context, "ledger.book"))
                    .containsEntry("status", "SUCCEEDED")
                    .containsEntry("transaction", "COMMITTED");
        });
    }

    @Test
    void actionUndoneBySavepointIsNotReportedAsDoneAlthoughTheTransactionCommitted() {
        application().run(context -> {
            TransactionTemplate nested = transaction(context);
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            transaction(context).executeWithoutResult(outer -> {
                nested.executeWithoutResult(inner -> {
                    ledger(context).book(1);
                    inner.setRollbackOnly();
                });
                nested.executeWithoutResult(inner -> ledger(context).bookAgain(2));
            });

            assertThat(ledger(context).count()).isEqualTo(1);
            assertThat(GateHarness.outcome(context, "ledger.book"))
                    .containsEntry("status", "FAILED")
                    .containsEntry("transaction", "ROLLED_BACK");
            assertThat(GateHarness.outcome(context, "ledger.book_again"))
                    .containsEntry("status", "SUCCEEDED")
                    .containsEntry("transaction", "COMMITTED");
        });
    }

    @Test
    void monoThatRanInTheCallersTransactionFollowsIt() {
        application().run(context -> {
            transaction(context).executeWithoutResult(status -> {
                ledger(context).bookLater(1).block();
                status.setRollbackOnly();
            });

            assertThat(ledger(context).count()).isZero();
            assertThat(GateHarness.outcome(context, "ledger.book_later"))
                    .containsEntry("status", "FAILED")
                    .containsEntry("transaction", "ROLLED_BACK");
        });
    }

    @Test
    void blockedCallOpensNoTransaction() {
        application().run(context -> {
            assertThatThrownBy(() -> ledger(context).forbidden()).isInstanceOf(ActionBlockedException.class);

            assertThat(context.getBean(CountingTransactions.class).begun).hasValue(0);
        });
    }

    @Test
    void decisionAndOutcomeAreRecordedOutsideOfTheMethodsOwnTransaction() {
        application().run(context -> {
            assertThat(ledger(context).bookInOwnTransaction(1)).isTrue();

            assertThat(context.getBean(CountingTransactions.class).begun).hasValue(1);
            assertThat(GateHarness.outcome(context, "ledger.book_own"))
                    .containsEntry("status", "SUCCEEDED")
                    .doesNotContainKey("transaction");
        });
    }

    @Test
    void retriesAreOneCall() {
        application().run(context -> {
            assertThat(ledger(context).flaky()).isEqualTo(3);

            assertThat(GateHarness.receipts(context, "ledger.flaky", ReceiptKind.DECIDED))
                    .hasSize(1);
            assertThat(GateHarness.outcome(context, "ledger.flaky")).containsEntry("status", "SUCCEEDED");
        });
    }

    @Test
    void poolOfOneConnectionDoesNotDeadlock() {
        application()
                .withPropertyValues(
                        "enact.receipts.store=embedded", "enact.receipts.file=" + this.directory.resolve("enact.db"))
                .run(context -> {
                    transaction(context).executeWithoutResult(status -> {
                        ledger(context).book(1);
                        ledger(context).bookAgain(2);
                    });

                    assertThat(ledger(context).count()).isEqualTo(2);
                    assertThat(GateHarness.outcome(context, "ledger.book")).containsEntry("transaction", "COMMITTED");
                    assertThat(GateHarness.outcome(context, "ledger.book_again"))
                            .containsEntry("transaction", "COMMITTED");
                });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Books.class);
    }

    private static TransactionTemplate transaction(ApplicationContext context) {
        return new TransactionTemplate(context.getBean(CountingTransactions.class));
    }

    private static Ledger ledger(ApplicationContext context) {
        return context.getBean(Ledger.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @EnableResilientMethods
    static class Books {

        @Bean
        HikariDataSource dataSource() {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
            dataSource.setMaximumPoolSize(1);
            // waiting for a second connection would be a deadlock: fail soon instead
            dataSource.setConnectionTimeout(2000);
            return dataSource;
        }

        @Bean
        CountingTransactions transactionManager(DataSource dataSource) {
            return new CountingTransactions(dataSource);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("create table booking (amount int)");
            return jdbc;
        }

        @Bean
        Ledger ledger(JdbcTemplate jdbc) {
            return new Ledger(jdbc);
        }
    }

    static class CountingTransactions extends JdbcTransactionManager {

        private final AtomicInteger begun = new AtomicInteger();

        CountingTransactions(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            this.begun.incrementAndGet();
            super.doBegin(transaction, definition);
        }
    }

    static class Ledger {

        private final JdbcTemplate jdbc;

        private int attempts;

        Ledger(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        int count() {
            Integer count = this.jdbc.queryForObject("select count(*) from booking", Integer.class);
            return (count != null) ? count : -1;
        }

        private void insert(int amount) {
            this.jdbc.update("insert into booking values (?)", amount);
        }

        @EnactAction("ledger.book")
        public void book(int amount) {
            insert(amount);
        }

        @EnactAction("ledger.book_again")
        public void bookAgain(int amount) {
            insert(amount);
        }

        @EnactAction("ledger.book_later")
        public Mono<String> bookLater(int amount) {
            return Mono.fromCallable(() -> {
                insert(amount);
                return "booked";
            });
        }

        @EnactAction("ledger.book_own")
        @Transactional
        public boolean bookInOwnTransaction(int amount) {
            insert(amount);
            return TransactionSynchronizationManager.isActualTransactionActive();
        }

        @EnactAction("ledger.forbidden")
        @Policy(block = "true", reason = "No.")
        @Transactional
        public void forbidden() {
            throw new AssertionError("reached");
        }

        @EnactAction("ledger.flaky")
        @Retryable(maxRetries = 2, delay = 0)
        public int flaky() {
            this.attempts++;
            if (this.attempts < 3) {
                throw new IllegalStateException("not yet");
            }
            return this.attempts;
        }
    }
}
