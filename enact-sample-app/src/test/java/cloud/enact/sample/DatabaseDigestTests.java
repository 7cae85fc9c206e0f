package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

class DatabaseDigestTests {

    private static ConfigurableApplicationContext context;

    private final JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);

    @BeforeAll
    static void start(@TempDir Path directory) {
        context = SampleStart.in(directory, "--demo.skip=true");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void itCountsTheRowsOfEachTable() {
        assertThat(DatabaseDigest.of(this.jdbc).rows())
                .containsEntry("customers", 47)
                .containsOnlyKeys("customers", "order_lines", "orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE customers SET name = name || ' ' WHERE id = 12",
                "UPDATE order_lines SET price = price + 0.01 WHERE order_id = 120 AND line = 1",
                "UPDATE orders SET placed_at = placed_at + interval '1 microsecond' WHERE id = 120",
                "DELETE FROM orders WHERE id = 120",
                "CREATE TABLE another ()"
            })
    void anythingElseHasAnotherDigest(String change) {
        DatabaseDigest before = DatabaseDigest.of(this.jdbc);

        context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            this.jdbc.execute(change);
            assertThat(DatabaseDigest.of(this.jdbc).sha256()).isNotEqualTo(before.sha256());
            status.setRollbackOnly();
        });

        assertThat(DatabaseDigest.of(this.jdbc)).isEqualTo(before);
    }
}
