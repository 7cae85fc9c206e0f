package cloud.enact.connector.postgres;

import static cloud.enact.connector.postgres.ConnectorFixture.clerk;
import static cloud.enact.connector.postgres.ConnectorFixture.rollback;
import static cloud.enact.connector.postgres.ConnectorFixture.rows;
import static cloud.enact.connector.postgres.ConnectorFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.postgres.ColumnTypes;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the operations do, and that all of it comes back. */
class PostgresConnectorTests {

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @TempDir
    Path directory;

    @Test
    void rowsAreSelectedByWhatTheyMustBe() {
        this.database.application(this.directory).run(context -> {
            assertThat(ids(context, Map.of("id", 3))).containsExactly(3L);
            assertThat(ids(context, Map.of("id", List.of(3, 5, 99)))).containsExactly(3L, 5L);
            assertThat(ids(context, Map.of("id", Map.of(">=", 3, "<", 6)))).containsExactly(3L, 4L, 5L);
            assertThat(ids(context, Map.of("active", false, "id", Map.of("!=", 1))))
                    .containsExactly(2L, 3L, 4L, 5L);
            assertThat(ids(context, Map.of("id", Arrays.asList(3, null)))).containsExactly(3L);
            assertThat(count(context, nothing("email"))).isEqualTo(47);
            assertThat(count(context, Map.of("email", nothing("!=")))).isZero();
            assertThat(count(context, Map.of())).isEqualTo(47);
        });
    }

    @Test
    void valuesOfAnyTypeGoInAndComeOut() {
        this.database.application(this.directory).run(context -> {
            Map<String, Object> row = new HashMap<>(Map.of(
                    "id",
                    100,
                    "name",
                    "O'Brien \"x\" ;--",
                    "balance",
                    new BigDecimal("12.50"),
                    "active",
                    true,
                    "tags",
                    Arrays.asList("a,b", "c\"d\\", null),
                    "extra",
                    Map.of("deep", List.of(1, Map.of("x", "y"))),
                    "born",
                    LocalDate.of(2001, 2, 3),
                    "photo",
                    new byte[] {0, (byte) 0xff}));

            StepResult inserted = clerk(context).work(shop -> shop.insertRow("customer", row));
            Object back = clerk(context)
                    .look(shop -> shop.selectRows("customer", Map.of("id", 100)))
                    .output()
                    .get("rows");

            assertThat(inserted.output()).containsEntry("rows", 1L).containsEntry("key", Map.of("id", 100L));
            assertThat(back)
                    .asString()
                    .contains(
                            "name=O'Brien \"x\" ;--",
                            "balance=12.50",
                            "active=true",
                            "tags={\"a,b\",\"c\\\"d\\\\\",NULL}",
                            "extra={\"deep\": [1, {\"x\": \"y\"}]}",
                            "born=2001-02-03",
                            "photo=\\x00ff",
                            "email=null");
            assertThat(clerk(context)
                            .work(shop -> shop.insertRow("customer", row))
                            .alreadyDone())
                    .isEqualTo("inserted");
        });
    }

    @Test
    void whatComesOutOfAColumnOfAnyTypeGoesInAgain() throws SQLException {
        StringBuilder columns = new StringBuilder();
        StringBuilder first = new StringBuilder("1");
        StringBuilder second = new StringBuilder("2");
        StringBuilder same = new StringBuilder("true");
        for (int i = 0; i < ColumnTypes.ALL.size(); i++) {
            columns.append(", c")
                    .append(i)
                    .append(' ')
                    .append(ColumnTypes.ALL.get(i).get(0));
            first.append(", ").append(ColumnTypes.ALL.get(i).get(1));
            second.append(", ").append(ColumnTypes.ALL.get(i).get(2));
            same.append(" AND record_image_eq(ROW(a.c" + i + "), ROW(b.c" + i + "))");
        }
        for (String type : ColumnTypes.CREATE) {
            this.database.sql(type);
        }
        this.database.sql("CREATE TABLE kind (id int PRIMARY KEY" + columns + ")");
        this.database.sql("INSERT INTO kind VALUES (" + first + "), (" + second + ")");

        this.database
                .application(this.directory)
                .withPropertyValues("enact.postgres.protect=public.kind")
                .run(context -> {
                    clerk(context).work(shop -> {
                        for (Object row : (List<?>)
                                shop.selectRows("kind", Map.of()).output().getOrDefault("rows", List.of())) {
                            Map<String, Object> copy = new HashMap<>((Map<? extends String, ?>) row);
                            copy.put("id", (Long) copy.get("id") + 10);
                            shop.insertRow("kind", copy);
                            assertThat(shop.insertRow("kind", copy).alreadyDone())
                                    .isEqualTo("inserted");
                        }
                        return shop.selectRows("kind", Map.of());
                    });

                    assertThat(context.getBean(JdbcTemplate.class)
                                    .queryForObject(
                                            "SELECT count(*) FROM kind a JOIN kind b ON b.id = a.id + 10 WHERE " + same,
                                            Integer.class))
                            .isEqualTo(2);
                });
    }

    @Test
    void noMoreIsReturnedThanAllowed() {
        this.database
                .application(this.directory)
                .withPropertyValues(
                        "enact.postgres.connectors.shop.max-rows=10", "enact.postgres.connectors.shop.max-size=100B")
                .run(context -> {
                    assertThat(clerk(context)
                                    .look(shop -> shop.selectRows("customer", Map.of(), List.of("id"), 50))
                                    .output())
                            .containsEntry("truncated", true)
                            .extractingByKey("rows")
                            .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                            .hasSize(10);
                    assertThat(clerk(context)
                                    .look(shop -> shop.selectRows("customer", Map.of(), List.of("name"), 50))
                                    .output())
                            .containsEntry("truncated", true)
                            .extractingByKey("rows")
                            .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                            .hasSize(9);
                    assertThat(clerk(context)
                                    .look(shop ->
                                            shop.selectRows("customer", Map.of("id", List.of(1, 2)), List.of("id"), 2))
                                    .output())
                            .containsEntry("truncated", false);
                });
    }

    @Test
    void everyChangeComesBack() {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);

            clerk(context).work(shop -> {
                shop.insertRow("customer", Map.of("id", 48, "name", "new"));
                shop.insertRows("public.orders", List.of(Map.of("customer", 48), Map.of("customer", 48)));
                shop.updateRow("customer", Map.of("name", "renamed"), Map.of("id", Map.of("<", 10)));
                shop.upsertRow("customer", Map.of("id", 7, "name", "again"));
                shop.upsertRow("customer", Map.of("id", 49, "name", "other", "email", "a@b"), "email");
                shop.upsertRow("customer", Map.of("id", 49, "name", "one", "email", "a@b"), "email");
                shop.insertRow("\"we ird\".\"a.\"\";-- ?\"", Map.of("x\";-- ?", 1, "y z", "?"));
                return shop.deleteRow("customer", Map.of("id", List.of(7, 8)), 2);
            });
            assertThat(rows(context)).isNotEqualTo(before).noneMatch(row -> row.startsWith("c(8,"));
            RollbackReport report = rollback(context, "clerk.work");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void connectorAndOtherCodeAreUndoneTogether() {
        this.database.application(this.directory).run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            List<String> before = rows(context);

            clerk(context).work(shop -> {
                jdbc.update("UPDATE customer SET name = 'a' WHERE id = 1");
                shop.updateRow("customer", Map.of("name", "b"), Map.of("id", 1));
                jdbc.update("UPDATE customer SET name = 'c' WHERE id = 1");
                return shop.updateRow("customer", Map.of("name", "d"), Map.of("id", 1));
            });
            RollbackReport report = rollback(context, "clerk.work");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(report.steps()).hasSize(4);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void eachOperationIsOneStepOfTheReceipt() {
        this.database.application(this.directory).run(context -> {
            clerk(context).work(shop -> shop.deleteRow("customer", Map.of("id", 1)));

            assertThat(taken(context, "clerk.work"))
                    .contains("action=shop.delete_row", "rows=1", "position=", "public.orders={deleted=2}")
                    .doesNotContain("change_rows");
        });
    }

    @Test
    void whatIsDoneAlreadyIsNotDoneAgain() {
        this.database.application(this.directory).run(context -> {
            clerk(context).work(shop -> {
                assertThat(shop.deleteRow("customer", Map.of("id", 99)).alreadyDone())
                        .isEqualTo("deleted");
                assertThat(shop.updateRow("customer", Map.of("balance", 3), Map.of("id", 3))
                                .alreadyDone())
                        .isEqualTo("unchanged");
                assertThat(shop.insertRow("customer", Map.of("id", 3, "balance", 3))
                                .alreadyDone())
                        .isEqualTo("inserted");
                return shop.upsertRow("customer", Map.of("id", 3, "balance", 3));
            });

            assertThat(taken(context, "clerk.work")).doesNotContain("position=").contains("already_done=unchanged");
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT count(*) FROM enact_undo.marker", Integer.class))
                    .isZero();
        });
    }

    @Test
    void anotherNumberOfRowsThanExpectedChangesNothing() {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);

            assertThatThrownBy(() ->
                            clerk(context).work(shop -> shop.deleteRow("customer", Map.of("id", Map.of("<", 4)), 2)))
                    .hasMessageContaining("3 rows match and 2 were expected");

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void operationsRunByNameWithJsonArguments() {
        this.database.application(this.directory).run(context -> {
            Enact enact = context.getBean(Enact.class);

            Object output = enact.run(
                            "shop.update_row",
                            Actor.of("a@example.com"),
                            Map.of(
                                    "table",
                                    "customer",
                                    "data",
                                    Map.of("active", false),
                                    "where",
                                    Map.of("id", Map.of(">", 45)),
                                    "expected_rows",
                                    2))
                    .outcome();

            assertThat(output).asString().contains("rows=2");
        });
    }

    private static List<Long> ids(AssertableApplicationContext context, Map<String, ? extends @Nullable Object> where) {
        Object rows = clerk(context)
                .look(shop -> shop.selectRows("customer", where, List.of("id"), 50))
                .output()
                .get("rows");
        return ((List<?>) rows)
                .stream()
                        .map(row -> (Long) ((Map<?, ?>) row).get("id"))
                        .sorted()
                        .toList();
    }

    private static long count(AssertableApplicationContext context, Map<String, ? extends @Nullable Object> where) {
        long[] count = new long[1];
        clerk(context).look(shop -> {
            count[0] = shop.countRows("customer", where);
            return new StepResult(Map.of(), null, null);
        });
        return count[0];
    }

    private static Map<String, @Nullable Object> nothing(String key) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put(key, null);
        return map;
    }
}
