package cloud.enact.workflow;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static cloud.enact.workflow.Calls.tool;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.connector.postgres.GuardedShop;
import cloud.enact.rollback.RollbackResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Rows that a workflow adds and changes, in a real database. */
class DatabaseWorkflowTests {

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    @Test
    void aRowIsInsertedOnceAndTakenBack() throws Exception {
        List<String> before = this.shop.rows();
        application().run(context -> {
            Map<String, Object> ada = Map.of("id", 77, "name", "Ada", "email", "ada@example.org");

            ActionResult first = insert(context, ada);
            ActionResult second = insert(context, ada);

            assertThat(first.outcome()).isNotNull();
            assertThat(output(first)).contains("rows=1", "id=77", "shop.insert_row");
            assertThat(output(second)).contains("already_done=inserted");
            assertThat(rollback(context, first.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.rows()).isEqualTo(before);
        });
    }

    @Test
    void aRowLikeAnotherIsRefusedAndTheErrorNamesTheStep() throws Exception {
        List<String> before = this.shop.rows();
        application().run(context -> {
            ActionResult result = run(
                    context,
                    "db_safe_insert",
                    Map.of(
                            "table", "customer",
                            "data", Map.of("id", 78, "name", "customer 3"),
                            "unique_columns", List.of("name")));

            assertThat(error(result))
                    .contains("Step 'shop.insert_row' failed", "a row with the same name is there already")
                    .doesNotContain("customer 3");
            assertThat(this.shop.rows()).isEqualTo(before);
        });
    }

    @Test
    void ofTwoCallsAtOnceOneInsertsItsRow() {
        application().run(context -> {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                for (int i = 100; i < 110; i++) {
                    String email = i + "@example.com";
                    CyclicBarrier together = new CyclicBarrier(2);
                    List<Future<ActionResult>> calls = new ArrayList<>();
                    for (int id : List.of(i * 10, i * 10 + 1)) {
                        calls.add(threads.submit(() -> {
                            together.await(20, TimeUnit.SECONDS);
                            return insert(context, Map.of("id", id, "name", "new", "email", email));
                        }));
                    }

                    assertThat(List.of(
                                    outcome(calls.get(0).get()),
                                    outcome(calls.get(1).get())))
                            .containsExactlyInAnyOrder("inserted", "refused");
                    assertThat(this.shop.texts("SELECT id FROM customer WHERE email = '" + email + "'"))
                            .hasSize(1);
                }
            } finally {
                threads.shutdownNow();
            }
        });
    }

    @Test
    void asManyRowsAsExpectedAreUpdatedAndComeBack() throws Exception {
        List<String> before = this.shop.rows();
        application().run(context -> {
            ActionResult result = update(context, Map.of("id", Map.of("<", 4)), 3);

            assertThat(output(result)).contains("rows=3");
            assertThat(this.shop.texts("SELECT id FROM customer WHERE name = 'Changed'"))
                    .hasSize(3);
            assertThat(rollback(context, result.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.rows()).isEqualTo(before);
        });
    }

    @Test
    void anotherNumberOfRowsChangesNothing() throws Exception {
        List<String> before = this.shop.rows();
        application().run(context -> {
            assertThat(error(update(context, Map.of("id", Map.of("<", 4)), 1)))
                    .contains("Step 'shop.update_row' failed", "3 rows match and 1 were expected");
            assertThat(this.shop.rows()).isEqualTo(before);
        });
    }

    @Test
    void aModelCallsItAsATool() throws Exception {
        application().run(context -> {
            ToolCallback tool = tool(context, "db_safe_insert");

            assertThat(tool.getToolDefinition().inputSchema()).contains("unique_columns");
            assertThat(tool.call("{\"table\":\"customer\",\"data\":{\"id\":79,\"name\":\"Grace\"}}"))
                    .contains("\"rows\":1");
            assertThat(this.shop.texts("SELECT name FROM customer WHERE id = 79"))
                    .containsExactly("Grace");
        });
    }

    @Test
    void policiesJudgeTheStepAsWellAsTheWorkflow() throws Exception {
        List<String> before = this.shop.rows();
        application()
                .withPropertyValues(
                        "enact.policies[0].policy=db.protect-tables", "enact.policies[0].with.tables=customer")
                .run(context -> {
                    ActionResult result = insert(context, Map.of("id", 77, "name", "Ada", "email", "a@example.org"));

                    assertThat(error(result)).contains("customer");
                    assertThat(this.shop.rows()).isEqualTo(before);
                });
    }

    private static String outcome(ActionResult result) {
        try {
            result.output();
            return "inserted";
        } catch (Throwable ex) {
            assertThat(ex).hasMessageContaining("is there already");
            return "refused";
        }
    }

    private static ActionResult insert(ApplicationContext context, Map<String, Object> data) {
        return run(
                context,
                "db_safe_insert",
                Map.of("table", "customer", "data", data, "unique_columns", List.of("email")));
    }

    private static ActionResult update(ApplicationContext context, Map<String, Object> where, int expected) {
        return run(
                context,
                "db_safe_update",
                Map.of(
                        "table",
                        "customer",
                        "data",
                        Map.of("name", "Changed"),
                        "where",
                        where,
                        "expected_rows",
                        expected));
    }

    private ApplicationContextRunner application() {
        try {
            return this.shop
                    .application(
                            "enact.postgres.connectors.shop.operations=insert_row,update_row",
                            "enact.postgres.connectors.shop.tables=public.*",
                            "enact.workflows=db_safe_insert,db_safe_update")
                    .withConfiguration(AutoConfigurations.of(EnactWorkflowAutoConfiguration.class));
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }
}
