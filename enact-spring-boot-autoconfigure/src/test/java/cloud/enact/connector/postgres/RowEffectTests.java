package cloud.enact.connector.postgres;

import static cloud.enact.connector.postgres.ConnectorFixture.clerk;
import static cloud.enact.connector.postgres.ConnectorFixture.receipts;
import static cloud.enact.connector.postgres.ConnectorFixture.rows;
import static cloud.enact.connector.postgres.ConnectorFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.StepResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** How policies judge by the number of rows, before anything is committed. */
class RowEffectTests {

    private static final Map<String, Object> FIRST_FIVE = Map.of("id", Map.of("<=", 5));

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @TempDir
    Path directory;

    @Test
    void anExpressionSeesHowManyRowsAnOperationChanges() {
        application(
                        "enact.policies[0].name=few",
                        "enact.policies[0].block=effect.rows > 4",
                        "enact.policies[0].reason=At most four.")
                .run(context -> {
                    List<String> before = rows(context);

                    assertThatThrownBy(() -> clerk(context)
                                    .work(shop -> shop.updateRow("customer", Map.of("name", "x"), FIRST_FIVE)))
                            .hasMessageContaining("few");
                    assertThat(rows(context)).isEqualTo(before);
                    assertThat(receipts(context, "shop.update_row", ReceiptKind.DECIDED)
                                    .get(0)
                                    .fields()
                                    .get("payload"))
                            .asString()
                            .contains("effect={rows=5, tables={public.customer=5}");

                    clerk(context).work(shop -> shop.updateRow("customer", Map.of("name", "x"), Map.of("id", 1)));
                    assertThat(rows(context)).isNotEqualTo(before);
                });
    }

    @Test
    void anOperationRunByNameIsJudgedByItsEffectToo() {
        application("enact.policies[0].policy=db.max-rows", "enact.policies[0].with.max=4")
                .run(context -> {
                    List<String> before = rows(context);

                    assertThat(context.getBean(Enact.class)
                                    .run(
                                            "shop.delete_row",
                                            Actor.of("a@example.com"),
                                            Map.of("table", "orders", "where", FIRST_FIVE))
                                    .outcome())
                            .asString()
                            .contains("5 rows would be changed, and 4 are allowed");

                    assertThat(rows(context)).isEqualTo(before);
                });
    }

    @Test
    void whatAnOperationCascadesToCounts() {
        application("enact.policies[0].policy=db.max-rows", "enact.policies[0].with.max=5")
                .run(context -> {
                    List<String> before = rows(context);

                    assertThatThrownBy(() -> clerk(context).work(shop -> shop.deleteRow("customer", FIRST_FIVE)))
                            .hasMessageContaining("19 rows would be changed");

                    assertThat(rows(context)).isEqualTo(before);
                    assertThat(context.getBean(JdbcTemplate.class)
                                    .queryForObject("SELECT count(*) FROM enact_undo.marker", Integer.class))
                            .isZero();
                });
    }

    @Test
    void onlyTheTablesThatAreNamedCount() {
        application(
                        "enact.policies[0].policy=db.max-rows",
                        "enact.policies[0].with.max=5",
                        "enact.policies[0].with.tables=customer,other.orders")
                .run(context -> {
                    clerk(context).work(shop -> shop.deleteRow("customer", FIRST_FIVE));

                    assertThat(rows(context)).noneMatch(row -> row.startsWith("c(1,"));
                });
    }

    @Test
    void whatOtherCodeChangesIsJudgedBeforeItIsCommitted() {
        application("enact.policies[0].policy=db.max-rows", "enact.policies[0].with.max=46")
                .run(context -> {
                    List<String> before = rows(context);
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);

                    assertThatThrownBy(() -> clerk(context).work(shop -> {
                                jdbc.update("UPDATE customer SET active = NULL");
                                return nothing();
                            }))
                            .hasMessageContaining("47 rows would be changed");

                    assertThat(rows(context)).isEqualTo(before);
                });
    }

    @Test
    void thePoliciesOfAMethodJudgeWhatItsStepsChange() {
        application().withUserConfiguration(Careful.class).run(context -> {
            List<String> before = rows(context);
            Careful careful = context.getBean(Careful.class);

            assertThatThrownBy(() -> careful.delete(FIRST_FIVE)).hasMessageContaining("db.max-rows");
            assertThatThrownBy(() -> careful.truncate()).hasMessageContaining("At most three");

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void rowsNobodyCanCountAreTooMany() {
        application(
                        "enact.postgres.unprotected-write=record",
                        "enact.policies[0].policy=db.max-rows",
                        "enact.policies[0].with.max=1")
                .run(context -> {
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);

                    assertThatThrownBy(() -> clerk(context).work(shop -> {
                                jdbc.update("INSERT INTO note VALUES ('x')");
                                return nothing();
                            }))
                            .hasMessageContaining("public.note");
                    clerk(context).work(shop -> shop.insertRow("note", Map.of("text", "y")));

                    assertThat(rows(context)).contains("n(y)").doesNotContain("n(x)");
                    assertThat(taken(context, "clerk.work")).contains("reversibility=IRREVERSIBLE");
                });
    }

    @Test
    void rowsOfItsOwnThatAnUnprotectedTableCascadesToAreTooMany() throws Exception {
        this.database.sql("CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node ON DELETE CASCADE)");
        this.database.sql("INSERT INTO node SELECT i, nullif(i - 1, 0) FROM generate_series(1, 50) i");
        application(
                        "enact.postgres.unprotected-write=record",
                        "enact.policies[0].policy=db.max-rows",
                        "enact.policies[0].with.max=10")
                .run(context -> {
                    assertThatThrownBy(() -> clerk(context).work(shop -> shop.deleteRow("node", Map.of("id", 1))))
                            .hasMessageContaining("public.node");

                    assertThat(context.getBean(JdbcTemplate.class)
                                    .queryForObject("SELECT count(*) FROM node", Long.class))
                            .isEqualTo(50);
                });
    }

    @Test
    void anUnprotectedTableIsNotChangedUnlessThatIsConfigured() {
        application().run(context -> {
            List<String> before = rows(context);

            assertThatThrownBy(() -> clerk(context).work(shop -> shop.insertRow("note", Map.of("text", "y"))))
                    .hasMessageContaining("public.note, which is not protected");

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void rowsThatAreAddedAfterTheJudgementStopTheChange() {
        this.database
                .application(this.directory)
                .withBean(ActionPolicy.class, () -> new Meanwhile(this.database))
                .run(context -> {
                    assertThatThrownBy(() -> clerk(context)
                                    .work(shop -> shop.deleteRow("customer", Map.of("id", Map.of(">", 46)))))
                            .hasMessageContaining("2 rows match and 1 did when this was judged");

                    assertThat(rows(context)).anyMatch(row -> row.startsWith("c(47,"));
                });
    }

    @Test
    void aRollbackPreviewSaysHowManyRows() {
        application().run(context -> {
            clerk(context).work(shop -> shop.deleteRow("customer", FIRST_FIVE));

            assertThat(context.getBean(Enact.class)
                            .previewRollback(receipts(context, "clerk.work", ReceiptKind.COMPLETED)
                                    .get(0)
                                    .runId())
                            .steps())
                    .singleElement()
                    .asString()
                    .contains("public.customer: 5 rows put back", "public.orders: 14 rows put back");
        });
    }

    @Test
    void whileObservingTheChangeGoesOnAndIsOnRecord() {
        application("enact.mode=observe", "enact.policies[0].policy=db.max-rows", "enact.policies[0].with.max=5")
                .run(context -> {
                    clerk(context).work(shop -> shop.deleteRow("customer", FIRST_FIVE));

                    assertThat(receipts(context, "shop.delete_row", ReceiptKind.DECIDED))
                            .hasSize(1);
                    assertThat(rows(context)).noneMatch(row -> row.startsWith("c(1,"));
                });
    }

    private ApplicationContextRunner application(String... properties) {
        return this.database.application(this.directory).withPropertyValues(properties);
    }

    private static StepResult nothing() {
        return new StepResult(Map.of(), null, null);
    }

    /** A bean whose methods say how much they may change. */
    static class Careful {

        private final PostgresConnector shop;

        private final JdbcTemplate jdbc;

        Careful(PostgresConnector shop, JdbcTemplate jdbc) {
            this.shop = shop;
            this.jdbc = jdbc;
        }

        @EnactAction("careful.delete")
        @Policy(value = "db.max-rows", with = "max=4")
        public StepResult delete(Map<String, Object> where) {
            return this.shop.deleteRow("orders", where);
        }

        @EnactAction("careful.truncate")
        @Policy(block = "effect.rows > 3", reason = "At most three rows.")
        public void truncate() {
            this.jdbc.execute("TRUNCATE orders");
        }
    }

    /** Somebody who adds a row while an operation is judged. */
    private record Meanwhile(ConnectorFixture database) implements ActionPolicy {

        @Override
        public String name() {
            return "test.meanwhile";
        }

        @Override
        public Verdict judge(ActionRequest request) {
            if (request.action().equals("shop.delete_row")) {
                try {
                    this.database.sql("INSERT INTO customer (id, name) VALUES (48, 'meanwhile')");
                } catch (SQLException ex) {
                    throw new IllegalStateException(ex);
                }
            }
            return new Verdict(name(), Effect.ABSTAIN, "", null);
        }
    }
}
