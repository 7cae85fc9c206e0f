package cloud.enact.connector.postgres;

import static cloud.enact.connector.postgres.ConnectorFixture.clerk;
import static cloud.enact.connector.postgres.ConnectorFixture.rollback;
import static cloud.enact.connector.postgres.ConnectorFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A row is added when there is none like it, whoever adds one at the same time. */
class InsertNewRowTests {

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @TempDir
    Path directory;

    @Test
    void rowWithNewValuesIsAddedAndTakenBack() {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);

            assertThat(insert(context, 1234, 5)).isEqualTo("inserted");
            assertThat(rows(context)).hasSize(before.size() + 1);

            assertThat(rollback(context, "clerk.work").result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void veryRowThatIsThereAlreadyIsFoundDone() {
        this.database.application(this.directory).run(context -> {
            assertThat(insert(context, 1234, 5)).isEqualTo("inserted");
            assertThat(insert(context, 1234, 5)).isEqualTo("found");
        });
    }

    @Test
    void rowThatIsLikeAnotherOnlyInTheColumnsThatCountIsRefused() {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);

            assertThatThrownBy(() -> clerk(context)
                            .work(shop -> shop.insertNewRow("orders", Map.of("customer", 40, "amount", 7), "amount")))
                    .hasMessageContaining("a row with the same amount is there already; nothing was inserted")
                    .hasMessageNotContaining("40");

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void primaryKeyCountsWhenNoColumnsAreNamed() {
        this.database.application(this.directory).run(context -> {
            assertThatThrownBy(() -> clerk(context)
                            .work(shop -> shop.insertNewRow("customer", Map.of("id", 3, "name", "somebody else"))))
                    .hasMessageContaining("a row with the same id is there already");
            assertThatThrownBy(() -> clerk(context).work(shop -> shop.insertNewRow("orders", Map.of("customer", 3))))
                    .hasMessageContaining("name unique_columns");
        });
    }

    @Test
    void noValueIsLikeNoOther() {
        this.database.application(this.directory).run(context -> {
            Map<String, Object> row = new HashMap<>(Map.of("id", 100, "name", "new"));
            row.put("email", null);

            assertThatThrownBy(() -> clerk(context).work(shop -> shop.insertNewRow("customer", row, "email")))
                    .hasMessageContaining("name unique_columns that have values");
        });
    }

    @Test
    void ofTwoThatAreAddedAtOnceOneIs() throws SQLException {
        this.database.application(this.directory).run(context -> {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                for (int amount = 1000; amount < 1020; amount++) {
                    int wanted = amount;
                    CyclicBarrier together = new CyclicBarrier(2);
                    Callable<String> one = () -> {
                        together.await(20, TimeUnit.SECONDS);
                        return insert(context, wanted, 1);
                    };
                    Callable<String> other = () -> {
                        together.await(20, TimeUnit.SECONDS);
                        return insert(context, wanted, 2);
                    };
                    List<Future<String>> outcomes = List.of(threads.submit(one), threads.submit(other));

                    assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
                            .containsExactlyInAnyOrder("inserted", "refused");
                    assertThat(context.getBean(JdbcTemplate.class)
                                    .queryForObject("SELECT count(*) FROM orders WHERE amount = ?", Long.class, wanted))
                            .isOne();
                }
            } finally {
                threads.shutdownNow();
            }
        });
    }

    @Test
    void transactionThatCouldNotSeeTheOtherRowIsRefused() throws SQLException {
        this.database.sql(
                "ALTER DATABASE " + this.database.name() + " SET default_transaction_isolation = 'repeatable read'");
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);

            assertThat(insert(context, 1234, 5)).isEqualTo("refused");

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void whatWasRefusedLeavesNothingToUndo() {
        this.database.application(this.directory).run(context -> {
            assertThat(insert(context, 7, 40)).isEqualTo("refused");

            assertThat(rollback(context, "clerk.work").result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
        });
    }

    private static String insert(ApplicationContext context, int amount, int customer) {
        try {
            String done = clerk(context)
                    .work(shop -> shop.insertNewRow("orders", Map.of("customer", customer, "amount", amount), "amount"))
                    .alreadyDone();
            return (done != null) ? "found" : "inserted";
        } catch (RuntimeException ex) {
            assertThat(ex.getMessage()).containsAnyOf("is there already", "reads repeatably");
            return "refused";
        }
    }
}
