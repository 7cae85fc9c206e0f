package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.PruneReport;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.UndoPruner;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ApplicationContext;

/** Undo data that is older than it is kept, or gone for another reason. */
class UndoRetentionTests {

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    @Test
    void whatIsOldGoesAndItsRollbackSaysSo() throws Exception {
        this.shop.application().run(context -> {
            RunId old = GuardedShop.act(context, "DELETE FROM customer WHERE id < 4");
            age("40 days");
            RunId fresh = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id = 9");

            PruneReport report = prune(context);
            RollbackReport gone = GuardedShop.rollback(context, old);

            assertThat(report.runs()).isEqualTo(1);
            assertThat(report.rows()).isEqualTo(3 + 11);
            assertThat(gone.steps()).singleElement().satisfies(step -> {
                assertThat(step.restoration()).isEqualTo(Restoration.IRREVERSIBLE);
                assertThat(step.detail()).contains("no longer in database").contains("pruned");
            });
            assertThat(gone.result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
            assertThat(this.shop.texts("SELECT count(*) FROM enact_undo.statement"))
                    .containsExactly("1");
            assertThat(GuardedShop.rollback(context, fresh).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        });
    }

    @Test
    void aPruneLeavesAReceiptAndOneOfNothingLeavesNone() throws Exception {
        this.shop.application().run(context -> {
            RunId old = GuardedShop.act(context, "DELETE FROM customer WHERE id < 4");
            age("40 days");

            prune(context);
            prune(context);

            assertThat(GuardedShop.receipts(context, ReceiptKind.PRUNED))
                    .singleElement()
                    .extracting(Receipt::fields)
                    .asString()
                    .contains("action=enact.prune")
                    .contains("connector=dataSource")
                    .contains("retention=PT720H")
                    .contains("runs=[" + old + "]");
        });
    }

    @Test
    void aRunWithYoungerTransactionsStaysAsAWhole() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(
                    context, "UPDATE customer SET name = 'a' WHERE id = 1", "DELETE FROM customer WHERE id = 2");
            this.shop.admin("UPDATE enact_undo.marker SET started = started - interval '40 days'"
                    + " WHERE id = (SELECT min(id) FROM enact_undo.marker)");

            assertThat(prune(context).runs()).isZero();

            assertThat(GuardedShop.rollback(context, run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        });
    }

    @Test
    void whatARollbackWorksWithStays() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "DELETE FROM customer WHERE id = 1");
            age("40 days");

            try (UndoLog.Claim claim = context.getBean(UndoLog.class).claim(run).orElseThrow()) {
                assertThat(claim).isNotNull();
                assertThat(prune(context)).matches(report -> report.runs() == 0 && report.kept() == 1);
            }
            // a rollback by an application with another undo log
            try (Connection other = PostgresServer.shared().connect(this.shop.name)) {
                other.setAutoCommit(false);
                GuardedShop.run(other, "SELECT FROM enact_undo.marker FOR UPDATE");
                assertThat(prune(context)).matches(report -> report.runs() == 0 && report.kept() == 1);
                other.rollback();
            }

            assertThat(prune(context).runs()).isEqualTo(1);
        });
    }

    @Test
    void whatAnUnfinishedRollbackNeedsStays() throws Exception {
        this.shop.application("enact.postgres.lock-timeout=200ms").run(context -> {
            RunId run = GuardedShop.act(context, "DELETE FROM customer WHERE id = 1");
            // not seen by the preview, which locks nothing
            try (Connection other = PostgresServer.shared().connect(this.shop.name)) {
                other.setAutoCommit(false);
                GuardedShop.run(other, "LOCK TABLE customer IN SHARE MODE");
                assertThat(GuardedShop.rollback(context, run).result()).isEqualTo(RollbackResult.PARTIAL);
                other.rollback();
            }
            age("40 days");

            assertThat(prune(context)).matches(report -> report.runs() == 0 && report.kept() == 1);

            assertThat(GuardedShop.rollback(context, run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(prune(context).runs()).isEqualTo(1);
            assertThat(GuardedShop.rollback(context, run).repeated()).isTrue();
        });
    }

    @Test
    void moreRowsThanOneBatchGo() throws Exception {
        this.shop.admin("INSERT INTO orders SELECT i, 1 FROM generate_series(100, 25099) i");
        this.shop.application().run(context -> {
            GuardedShop.act(context, "UPDATE orders SET customer = 2");
            age("40 days");

            assertThat(prune(context).rows()).isEqualTo(2 * 25030);
        });
    }

    @Test
    void aPruneThatWasInterruptedIsFinishedByTheNext() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "DELETE FROM orders");
            age("40 days");
            RowsRetention rows = retention();
            assertThat(rows.giveUp(run, java.time.Instant.now().minus(Duration.ofDays(30))))
                    .isTrue();

            assertThat(GuardedShop.rollback(context, run).steps().get(0).detail())
                    .contains("no longer in database");
            assertThat(prune(context).rows()).isEqualTo(30);

            assertThat(rows.givenUp(10)).isEmpty();
        });
    }

    @Test
    void captureObjectsThatWereMadeAnewKnowThatEarlierUndoDataIsGone() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "DELETE FROM orders");
            this.shop.admin("DROP SCHEMA enact_undo CASCADE");
            this.shop.application().run(second -> {
                RunId other = GuardedShop.act(second, "UPDATE customer SET name = 'agent'");

                assertThat(GuardedShop.rollback(context, run).steps().get(0))
                        .matches(step -> step.restoration() == Restoration.IRREVERSIBLE)
                        .extracting("detail")
                        .asString()
                        .contains("no longer in database");
                assertThat(GuardedShop.rollback(second, other).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            });
        });
    }

    @Test
    void undoDataOfAnotherRunIsNeverTaken() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "DELETE FROM orders");
            this.shop.admin("UPDATE enact_undo.marker SET run_id = gen_random_uuid()");

            RollbackReport report = GuardedShop.rollback(context, run);

            assertThat(report.steps().get(0).restoration()).isEqualTo(Restoration.IRREVERSIBLE);
            assertThat(this.shop.texts("SELECT count(*) FROM orders")).containsExactly("0");
        });
    }

    private void age(String by) throws Exception {
        this.shop.admin("UPDATE enact_undo.marker SET started = started - interval '" + by + "'");
    }

    private RowsRetention retention() {
        return new RowsRetention(
                "dataSource", () -> PostgresServer.shared().connect(this.shop.name), Duration.ofSeconds(5));
    }

    private PruneReport prune(ApplicationContext context) {
        return context.getBean(UndoPruner.class)
                .prune(
                        retention(),
                        Duration.ofDays(30),
                        new Actor("op", Set.of(), java.util.Map.of(), null, null, "x"));
    }
}
