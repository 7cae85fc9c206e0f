package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.connector.postgres.GuardedShop;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Undo data over HTTP. */
class PostgresEndpointTests {

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> JSON =
            new ParameterizedTypeReference<>() {};

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    @TempDir
    Path folder;

    @Test
    void whatIsMissingIsSaidAndMade() throws Exception {
        run("unrestricted", (context, client) -> {
            assertThat(database(get(client))).containsEntry("complete", true);
            admin("DROP SCHEMA enact_undo CASCADE");

            Map<String, @Nullable Object> missing = database(get(client));
            Map<String, @Nullable Object> installed = database(post(client, "{\"operation\":\"install\"}", 200));

            assertThat(missing)
                    .containsEntry("complete", false)
                    .containsEntry("tables", List.of("public.customer", "public.orders"))
                    .hasEntrySatisfying("sql", sql -> assertThat(sql).asString().contains("CREATE SCHEMA enact_undo"));
            assertThat(installed).containsEntry("complete", true);
            assertThat(database(get(client)))
                    .containsEntry("complete", true)
                    .containsEntry("statements", 0)
                    .doesNotContainKey("sql");
            assertThat(GuardedShop.rollback(context, GuardedShop.act(context, "DELETE FROM orders"))
                            .result())
                    .isEqualTo(RollbackResult.ROLLED_BACK);
        });
    }

    @Test
    void oldUndoDataIsPrunedByWhoeverAsks() throws Exception {
        run("unrestricted", (context, client) -> {
            GuardedShop.act(context, "DELETE FROM orders");
            admin("UPDATE enact_undo.marker SET started = started - interval '31 days'");

            Map<String, @Nullable Object> pruned =
                    database(post(client, "{\"operation\":\"prune\",\"database\":\"dataSource\"}", 200));

            assertThat(pruned).containsEntry("runs", 1).containsEntry("rows", 30);
            assertThat(GuardedShop.receipts(context, ReceiptKind.PRUNED))
                    .singleElement()
                    .satisfies(receipt -> assertThat(receipt.actor()).isEqualTo("anonymous"));
        });
    }

    @Test
    void tablesAndRowsAreChosenBesideSteps() throws Exception {
        run("unrestricted", (context, client) -> {
            String run = "/receipts/" + GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id < 3");
            admin("UPDATE customer SET name = 'person' WHERE id = 1");

            String refused =
                    send(client, run, "{\"operation\":\"rollback\"}", 409).toString();
            Map<String, @Nullable Object> unknown =
                    send(client, run, "{\"operation\":\"rollback\",\"force\":\"public.orders\"}", 400);
            Map<String, @Nullable Object> forced =
                    send(client, run, "{\"operation\":\"rollback\",\"force\":\"public.customer\"}", 200);

            assertThat(refused).contains("row=public.customer#", "kind=CHANGED", "key={id=1}", "found={name=***}");
            assertThat(unknown.get("detail")).asString().contains("a preview lists their names");
            assertThat(forced).containsEntry("result", "ROLLED_BACK");
            assertThat(forced.toString()).contains("forced=1");
        });
    }

    @Test
    void nothingElseIsDone() throws Exception {
        run("unrestricted", (context, client) -> {
            for (String body : List.of(
                    "{}",
                    "{\"operation\":\"remove\"}",
                    "{\"operation\":\"prune\",\"database\":\"x'; DROP TABLE customer\"}")) {
                assertThat(post(client, body, 400).get("detail"))
                        .asString()
                        .contains(" is one of ")
                        .doesNotContain("DROP");
            }
        });
    }

    @Test
    void byDefaultItOnlyReads() throws Exception {
        run("", (context, client) -> {
            assertThat(database(get(client))).containsEntry("complete", true);

            post(client, "{\"operation\":\"install\"}", 405);
        });
    }

    private void run(String access, BiConsumer<ConfigurableApplicationContext, RestTestClient> test) {
        String[] properties = {
            "server.port=0",
            "test.database=" + this.shop.name,
            "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                    + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "enact.receipts.store=memory",
            "enact.undo.directory=" + this.folder,
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.postgres.protect=public.*",
            "enact.postgres.capture-schema=create",
            "enact.rollback.enabled=true",
            "management.endpoint.receipts.access=unrestricted",
            "management.endpoints.web.exposure.include=postgres,receipts",
            access.isEmpty() ? "x=y" : "management.endpoint.postgres.access=" + access
        };
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .properties(properties)
                .run()) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            test.accept(
                    context,
                    RestTestClient.bindToServer()
                            .baseUrl("http://localhost:" + port + "/actuator")
                            .build());
        }
    }

    private void admin(String sql) {
        try {
            this.shop.admin(sql);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Map<String, @Nullable Object> get(RestTestClient client) {
        return body(client.get().uri("/postgres"), 200);
    }

    private static Map<String, @Nullable Object> post(RestTestClient client, String body, int status) {
        return send(client, "/postgres", body, status);
    }

    private static Map<String, @Nullable Object> send(RestTestClient client, String path, String body, int status) {
        return body(
                client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body), status);
    }

    private static Map<String, @Nullable Object> body(RestTestClient.RequestHeadersSpec<?> request, int status) {
        var result = request.exchange().returnResult(JSON);
        assertThat(result.getStatus().value()).isEqualTo(status);
        return (result.getResponseBody() != null) ? result.getResponseBody() : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> database(Map<String, @Nullable Object> answer) {
        Map<String, Object> databases = (Map<String, Object>) answer.get("databases");
        assertThat(databases).containsOnlyKeys("dataSource");
        return (Map<String, @Nullable Object>) databases.get("dataSource");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(GuardedShop.Shops.class)
    static class Application {}
}
