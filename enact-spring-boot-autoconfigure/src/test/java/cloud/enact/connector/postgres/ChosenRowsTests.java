package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackRequestException;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.Selection;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.RestoredRows;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

/** What a preview tells of rows, and what is decided about those that somebody changed. */
class ChosenRowsTests {

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    @Test
    void aPreviewCountsRowsByTableAndNamesEachConflict() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(
                    context,
                    "UPDATE customer SET name = 'agent' WHERE id < 4",
                    "DELETE FROM customer WHERE id = 9",
                    "INSERT INTO customer VALUES (10, 'agent')");
            this.shop.admin("UPDATE customer SET name = 'person', email = 'changed@example.org' WHERE id = 1");

            RollbackReport preview = context.getBean(Enact.class).previewRollback(run);

            assertThat(preview.result()).isEqualTo(RollbackResult.REFUSED);
            RestoredRows rows = rows(preview);
            assertThat(rows.tables())
                    .containsEntry(
                            "public.customer",
                            Map.of(
                                    "restored",
                                    1L,
                                    "removed",
                                    1L,
                                    "reset",
                                    2L,
                                    "settled",
                                    0L,
                                    "forced",
                                    0L,
                                    "skipped",
                                    0L))
                    .containsKey("public.orders");
            assertThat(rows.conflictCount()).isEqualTo(1);
            assertThat(rows.conflicts()).singleElement().satisfies(conflict -> {
                assertThat(conflict.row()).startsWith("public.customer#");
                assertThat(conflict.kind()).isEqualTo("CHANGED");
                assertThat(conflict.key()).isEqualTo(Map.of("id", "1"));
                assertThat(conflict.expected()).isEqualTo(Map.of("name", "***", "email", "***"));
                assertThat(conflict.found()).isEqualTo(Map.of("name", "***", "email", "***"));
            });
            assertThat(preview.asMap().toString()).contains("conflict_count=1").doesNotContain("person");
        });
    }

    @Test
    void valuesAreShownWhereThatIsConfiguredButNeverASecret() throws Exception {
        this.shop
                .application("enact.postgres.show-columns=public.customer.name,*.token,public.*.email")
                .run(context -> {
                    RunId run = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id = 1");
                    this.shop.admin("UPDATE customer SET name = 'person', token = 'hush'," + " email = 'ghp_"
                            + "16C7e42F292c6912E7710c838347Ae178B4a' WHERE id = 1");

                    RollbackReport preview = context.getBean(Enact.class).previewRollback(run);

                    assertThat(rows(preview).conflicts()).singleElement().satisfies(conflict -> {
                        assertThat(conflict.expected()).containsEntry("name", "agent");
                        assertThat(conflict.found())
                                .containsEntry("name", "person")
                                .containsEntry("token", "***")
                                .containsEntry("email", "***github-token***");
                    });
                });
    }

    @Test
    void aTableIsForcedAndTheReceiptSaysSo() throws Exception {
        this.shop.application().run(context -> {
            var before = this.shop.rows();
            RunId run = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id < 4");
            this.shop.admin("UPDATE customer SET name = 'person' WHERE id < 3");

            RollbackReport report = rollback(context, run, null, "public.customer");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.rows()).isEqualTo(before);
            assertThat(rows(report).tables().get("public.customer")).containsEntry("forced", 2L);
            Receipt receipt =
                    GuardedShop.receipts(context, ReceiptKind.ROLLED_BACK).get(0);
            assertThat(receipt.fields().get("payload").toString()).contains("force_rows=[public.customer]");
            assertThat(receipt.fields().get("actions_reversed").toString()).contains("forced=2");
        });
    }

    @Test
    void oneRowIsSkippedAndTheRestComesBack() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id < 4");
            this.shop.admin("UPDATE customer SET name = 'person' WHERE id = 2");
            String row = rows(context.getBean(Enact.class).previewRollback(run))
                    .conflicts()
                    .get(0)
                    .row();

            RollbackReport report = rollback(context, run, row, null);
            RollbackReport again = rollback(context, run, null, null);

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.PARTIAL);
            assertThat(report.message()).contains("1 row left as they are");
            assertThat(this.shop.texts("SELECT name FROM customer WHERE id < 4 ORDER BY id"))
                    .containsExactly("customer 1", "person", "customer 3");
            assertThat(again.repeated()).isTrue();
            assertThat(again.result()).isEqualTo(RollbackResult.PARTIAL);
            assertThat(GuardedShop.receipts(context, ReceiptKind.ROLLED_BACK)
                            .get(0)
                            .fields()
                            .toString())
                    .contains("skip_rows=[" + row + "]")
                    .contains("skipped=1");
        });
    }

    @Test
    void aRowWinsOverItsTable() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id < 4");
            this.shop.admin("UPDATE customer SET name = 'person' WHERE id < 4");
            RestoredRows rows = rows(context.getBean(Enact.class).previewRollback(run));
            String second = rows.conflicts().stream()
                    .filter(conflict -> "2".equals(conflict.key().get("id")))
                    .findFirst()
                    .orElseThrow()
                    .row();

            rollback(context, run, "public.customer", "dataSource/" + second);

            assertThat(this.shop.texts("SELECT name FROM customer WHERE id < 4 ORDER BY id"))
                    .containsExactly("person", "customer 2", "person");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public.nothing",
                "public.note",
                "customer.",
                "other/public.customer",
                "public.customer#xyz",
                "public.customer; DROP TABLE customer",
                "public.\"customer",
            })
    void whatTheRunDidNotChangeCantBeChosen(String name) throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id < 4");

            assertThatThrownBy(() -> rollback(context, run, null, name))
                    .isInstanceOf(RollbackRequestException.class)
                    .hasMessageContaining("a preview lists their names")
                    .hasMessageNotContaining(name);
            assertThatThrownBy(() -> rollback(context, run, "public.customer", "public.customer"))
                    .isInstanceOf(RollbackRequestException.class)
                    .hasMessageContaining("both to skip and to force");

            assertThat(this.shop.texts("SELECT name FROM customer WHERE id = 1"))
                    .containsExactly("agent");
        });
    }

    @Test
    void aTableOfAnyNameIsChosenByTheNameAPreviewGivesIt() throws Exception {
        this.shop.admin(
                "CREATE SCHEMA \"odd, \"\"schema\"",
                "CREATE TABLE \"odd, \"\"schema\".\"a.b#c\" (id int PRIMARY KEY, v text)",
                "INSERT INTO \"odd, \"\"schema\".\"a.b#c\" VALUES (1, 'old')");
        this.shop.application("enact.postgres.protect=*.*").run(context -> {
            RunId run = GuardedShop.act(context, "UPDATE \"odd, \"\"schema\".\"a.b#c\" SET v = 'agent'");
            this.shop.admin("UPDATE \"odd, \"\"schema\".\"a.b#c\" SET v = 'person'");
            String row = rows(context.getBean(Enact.class).previewRollback(run))
                    .conflicts()
                    .get(0)
                    .row();

            assertThat(row).startsWith("\"odd, \"\"schema\".\"a.b#c\"#");
            assertThat(rollback(context, run, null, row).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.texts("SELECT v FROM \"odd, \"\"schema\".\"a.b#c\""))
                    .containsExactly("old");
        });
    }

    @Test
    void whatWasNotCapturedIsNeverCalledRestored() throws Exception {
        this.shop.admin("CREATE TABLE note (id int, text text)");
        this.shop
                .application(
                        "enact.postgres.protect=public.customer,public.orders",
                        "enact.postgres.unprotected-write=record")
                .run(context -> {
                    List<String> before = this.shop.rows();
                    RunId alone = GuardedShop.act(context, "INSERT INTO note VALUES (1, 'agent')");
                    RunId mixed = GuardedShop.act(
                            context,
                            "WITH n AS (INSERT INTO note VALUES (2, 'agent')) UPDATE customer SET name = 'agent'");

                    RollbackReport ofAlone = rollback(context, alone, null, null);
                    RollbackReport preview = context.getBean(Enact.class).previewRollback(mixed);
                    RollbackReport ofMixed = rollback(context, mixed, null, null);

                    assertThat(ofAlone.result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
                    assertThat(ofAlone.steps()).singleElement().satisfies(step -> {
                        assertThat(step.restoration()).isEqualTo(Restoration.IRREVERSIBLE);
                        assertThat(step.detail()).contains("public.note, which is not protected");
                    });
                    assertThat(preview.result()).isEqualTo(RollbackResult.PARTIAL);
                    assertThat(ofMixed.result()).isEqualTo(RollbackResult.PARTIAL);
                    assertThat(rows(ofMixed).notCaptured()).containsExactly("public.note");
                    assertThat(this.shop.rows()).isEqualTo(before);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "public.t                                 | public | t     |",
                "\"a b\".\"c\"\"d\"                       | a b    | c\"d  |",
                "s.t#0123456789abcdef01234567             | s      | t     | 0123456789abcdef01234567",
            })
    void namesAreReadAsTheyAreWritten(String text, String schema, String table, @Nullable String handle) {
        RowName name = Objects.requireNonNull(RowName.parse(text));

        assertThat(name.table().schema()).isEqualTo(schema);
        assertThat(name.table().table()).isEqualTo(table);
        assertThat(name.handle()).isEqualTo(handle);
        assertThat(RowName.parse(name.toString())).isEqualTo(name);
    }

    private static RestoredRows rows(RollbackReport report) {
        return Objects.requireNonNull(report.steps().get(0).rows());
    }

    private static RollbackReport rollback(
            ApplicationContext context, RunId run, @Nullable String skip, @Nullable String force) {
        return context.getBean(Enact.class)
                .rollback(RollbackRequest.of(run, Actor.anonymous(), null)
                        .skipping(Selection.parse(skip))
                        .forcing(Selection.parse(force)));
    }
}
