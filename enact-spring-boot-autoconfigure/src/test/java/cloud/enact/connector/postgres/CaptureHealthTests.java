package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.actuate.endpoint.CaptureHealthIndicator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;

/** Whoever runs the application sees when rows are not captured any more. */
class CaptureHealthTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void upWhileEverythingIsThere() {
        this.database.run(shop -> assertThat(health(shop).getStatus().getCode()).isEqualTo("UP"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP SCHEMA enact_undo CASCADE",
                "DROP TRIGGER \"enact$delete\" ON orders",
                "ALTER TABLE orders DISABLE TRIGGER ALL",
                "DROP TABLE enact_undo.u_2 CASCADE",
                "ALTER TABLE orders ADD COLUMN note text",
                "CREATE TABLE refund (id int PRIMARY KEY)"
            })
    void downWhenSomethingIsMissing(String sql) {
        this.database.run(shop -> {
            this.database.sql(sql);

            Health health = health(shop);

            assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
            assertThat(health.getDetails().get("problems").toString())
                    .contains(this.database.name())
                    .contains("statements");
        });
    }

    @Test
    void downWhenNobodyCanTell() {
        this.database.run(shop -> {
            this.database.sql("ALTER SCHEMA enact_undo RENAME TO other", "CREATE SCHEMA enact_undo");

            assertThat(health(shop).getStatus().getCode()).isEqualTo("DOWN");
        });
    }

    @Test
    void anActionIsToldWhyItCanChangeNothing() {
        this.database.run(shop -> {
            this.database.sql("DROP SCHEMA enact_undo CASCADE");

            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM orders")))
                    .hasStackTraceContaining("so it changes nothing");
        });
    }

    private static Health health(Shop shop) {
        return shop.context().getBean(CaptureHealthIndicator.class).health();
    }
}
