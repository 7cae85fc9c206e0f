package cloud.enact.connector.postgres;

import static cloud.enact.connector.postgres.ConnectorFixture.clerk;
import static cloud.enact.connector.postgres.ConnectorFixture.receipts;
import static cloud.enact.connector.postgres.ConnectorFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/** What comes in is not what it should be. Nothing is changed then, and nothing is told that is nobody's business. */
class PostgresConnectorInputTests {

    private static final Map<String, Object> ROW = Map.of("id", 60, "name", "x");

    private static final Map<String, Object> FIRST = Map.of("id", 1);

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @TempDir
    Path directory;

    @Test
    void whatCantBeUnderstoodIsRefused() {
        List<Attempt> attempts = List.of(
                new Attempt("delete_row", args("customer", "where", Map.of()), "needs a condition"),
                new Attempt("delete_row", args("customer"), "needs a condition"),
                new Attempt("update_row", args("customer", "data", ROW, "where", Map.of()), "needs a condition"),
                new Attempt("update_row", args("customer", "data", ROW), "needs a condition"),
                new Attempt(
                        "update_row", args("customer", "data", Map.of(), "where", FIRST), "'data' is missing, empty"),
                new Attempt("delete_row", args("customer", "where", "1=1"), "never SQL"),
                new Attempt("delete_row", args("customer", "where", List.of(1)), "never SQL"),
                new Attempt("delete_row", args("customer", "where", Map.of("id", Map.of())), "is empty"),
                new Attempt("delete_row", args("customer", "where", Map.of("id", List.of())), "1 to 1000"),
                new Attempt(
                        "delete_row",
                        args("customer", "where", Map.of("id", Collections.nCopies(1001, 1))),
                        "1 to 1000"),
                new Attempt(
                        "delete_row",
                        args("customer", "where", Map.of("id", Map.of("= 1 OR 1 =", 1))),
                        "compares with one of"),
                new Attempt(
                        "delete_row", args("customer", "where", Map.of("id", List.of(List.of(1)))), "single values"),
                new Attempt("delete_row", args("customer", "where", Map.of("id", nothing("<"))), "less or greater"),
                new Attempt("delete_row", args("customer", "where", FIRST, "expected_rows", -1), "whole number"),
                new Attempt("delete_row", args("customer", "where", FIRST, "expected_rows", "1"), "whole number"),
                new Attempt("delete_row", args("customer", "where", FIRST, "cascade", true), "nothing else"),
                new Attempt("insert_rows", args("customer", "rows", List.of()), "'rows' is missing"),
                new Attempt("insert_rows", args("customer", "rows", Collections.nCopies(1001, ROW)), "more than 1000"),
                new Attempt("insert_rows", args("customer", "rows", List.of(ROW, FIRST)), "the same columns"),
                new Attempt("insert_rows", args("customer", "rows", Arrays.asList(ROW, null)), "'rows' is missing"),
                new Attempt("select_rows", args("customer", "columns", List.of("id", "id")), "different columns"),
                new Attempt("select_rows", args("customer", "descending", "id; --"), "true or false"),
                new Attempt("truncate", args("customer"), "no action of this name"));

        assertRefused(attempts.stream());
    }

    @Test
    void tablesOutsideTheListAreOutOfReach() {
        List<Attempt> attempts = new ArrayList<>();
        for (String table : List.of(
                "pg_catalog.pg_authid",
                "information_schema.tables",
                "enact_undo.marker",
                "\"enact_undo\".marker",
                "Public.customer",
                "crm.customer",
                "public.a.b.c\"")) {
            attempts.add(new Attempt("select_rows", args(table), "table"));
        }
        for (String table : List.of("", " ", ".", "public.", ".customer", "\"public", "\"public\"customer", "a.b.c")) {
            attempts.add(new Attempt("select_rows", args(table), "table"));
        }
        attempts.add(new Attempt("select_rows", Map.of(), "'table' is missing"));
        attempts.add(new Attempt("select_rows", Map.of("table", List.of("customer")), "'table' is missing"));

        assertRefused(attempts.stream());
    }

    @Test
    void aStarStandsForNoSchemaOfPostgres() {
        this.database
                .application(this.directory)
                .withPropertyValues("enact.postgres.connectors.shop.tables=*.*")
                .run(context -> {
                    for (String table : List.of(
                            "pg_catalog.pg_authid",
                            "pg_catalog.pg_stats",
                            "pg_toast.pg_toast_1",
                            "information_schema.tables",
                            "enact_undo.marker")) {
                        assertRefused(context, new Attempt("select_rows", args(table), "may use"));
                    }
                    clerk(context).work(shop -> shop.selectRows("customer", Map.of()));
                });
        this.database
                .application(this.directory)
                .withPropertyValues("enact.postgres.connectors.shop.tables=pg_catalog.pg_stat_*")
                .run(context ->
                        clerk(context).work(shop -> shop.selectRows("pg_catalog.pg_stat_user_tables", Map.of())));
    }

    @Test
    void namesAndValuesAreNeverReadAsSql() {
        String evil = "x\"; DROP TABLE customer; --";
        String quote = "' OR '1'='1";

        assertRefused(Stream.of(
                new Attempt("select_rows", args("customer; DROP TABLE customer"), "no such table"),
                new Attempt("select_rows", args("\"customer\"\"; DROP TABLE customer; --\""), "no such table"),
                new Attempt("select_rows", args("customer", "columns", List.of(evil)), "has no column"),
                new Attempt("select_rows", args("customer", "order_by", List.of("id DESC")), "has no column"),
                new Attempt("select_rows", args("customer", "columns", List.of("*")), "has no column"),
                new Attempt("delete_row", args("customer", "where", Map.of(evil, 1)), "has no column"),
                new Attempt("delete_row", args("customer", "where", Map.of("ctid", "(0,1)")), "has no column"),
                new Attempt("insert_row", args("customer", "data", Map.of("id", 60, evil, 1)), "has no column"),
                new Attempt(
                        "upsert_row",
                        args("customer", "data", ROW, "conflict_columns", List.of(evil)),
                        "has no column"),
                new Attempt("delete_row", args("customer", "where", Map.of("id", "1 OR 1=1")), "does not fit the type"),
                new Attempt("delete_row", args("customer", "where", Map.of("id", quote)), "does not fit the type")));
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);
            assertThat(clerk(context)
                            .work(shop -> shop.deleteRow("customer", Map.of("name", quote)))
                            .output())
                    .containsEntry("rows", 0L);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void whatTheTableDoesNotTakeIsToldWithoutValues() {
        assertRefused(Stream.of(
                new Attempt("insert_row", args("customer", "data", Map.of("id", 1, "name", "s3cret")), "customer_pkey"),
                new Attempt("insert_row", args("customer", "data", Map.of("id", 60)), "column name"),
                new Attempt(
                        "insert_row",
                        args("customer", "data", Map.of("id", 60, "name", "s3cret" + "x".repeat(20))),
                        "does not fit"),
                new Attempt("insert_row", args("customer", "data", Map.of("id", "s3cret")), "does not fit"),
                new Attempt(
                        "insert_row", args("customer", "data", Map.of("id", Map.of("a", "s3cret"))), "single value"),
                new Attempt(
                        "insert_row", args("customer", "data", Map.of("id", 1.5, "name", "s3cret")), "does not fit"),
                new Attempt(
                        "insert_row", args("customer", "data", Map.of("id", 60, "name", "s3cret\0")), "character 0"),
                new Attempt("insert_row", args("orders", "data", Map.of("customer", 99)), "orders_customer_fkey"),
                new Attempt("upsert_row", args("note", "data", Map.of("text", "s3cret")), "no primary key"),
                new Attempt(
                        "upsert_row",
                        args("customer", "data", ROW, "conflict_columns", List.of("name")),
                        "makes the conflict columns unique")));
    }

    @Test
    void onlyWhatIsAllowedIsDone() {
        this.database
                .application(this.directory)
                .withPropertyValues(
                        "enact.postgres.connectors.shop.operations=count_rows,delete_row",
                        "enact.postgres.connectors.shop.tables=public.orders")
                .run(context -> {
                    List<String> before = rows(context);

                    assertThatThrownBy(() -> clerk(context).work(shop -> shop.insertRow("orders", Map.of("id", 500))))
                            .hasMessageContaining("'insert_row' of connector 'shop' is not allowed");
                    assertThatThrownBy(() -> clerk(context).work(shop -> shop.deleteRow("customer", FIRST)))
                            .hasMessageContaining("may use");

                    assertThat(rows(context)).isEqualTo(before);
                });
    }

    private void assertRefused(Stream<Attempt> attempts) {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);
            attempts.forEach(attempt -> assertRefused(context, attempt));
            assertThat(rows(context)).isEqualTo(before);
            assertThat(receipts(context, "shop.insert_row", ReceiptKind.COMPLETED))
                    .extracting(receipt -> String.valueOf(receipt.fields()))
                    .noneMatch(text -> text.contains("s3cret"));
        });
    }

    private static void assertRefused(AssertableApplicationContext context, Attempt attempt) {
        String said;
        try {
            said = context.getBean(Enact.class)
                    .run("shop." + attempt.operation(), Actor.of("a@example.com"), attempt.args())
                    .toString();
        } catch (RuntimeException ex) {
            said = String.valueOf(ex.getMessage());
        }
        assertThat(said).as(attempt.toString()).contains(attempt.because()).doesNotContain("Succeeded[");
        int outcome = said.indexOf("Failed[");
        assertThat((outcome < 0) ? "" : said.substring(outcome, said.indexOf("receipt=", outcome)))
                .doesNotContain("s3cret");
    }

    private static Map<String, @Nullable Object> args(String table, Object... more) {
        Map<String, @Nullable Object> args = new HashMap<>();
        args.put("table", table);
        for (int i = 0; i < more.length; i += 2) {
            args.put((String) more[i], more[i + 1]);
        }
        return args;
    }

    private static Map<String, @Nullable Object> nothing(String key) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put(key, null);
        return map;
    }

    /** One call, and what is said about it. */
    private record Attempt(String operation, Map<String, ? extends @Nullable Object> args, String because) {}
}
