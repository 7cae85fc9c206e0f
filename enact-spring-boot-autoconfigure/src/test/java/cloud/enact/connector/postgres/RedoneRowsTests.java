package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.Selection;
import cloud.enact.undo.Restoration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

/** Rows that were put back by mistake are changed again, exactly as the run had changed them. */
class RedoneRowsTests {

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    private static RunId id(RollbackReport report) {
        return Objects.requireNonNull(report.rollbackRunId());
    }

    private static RollbackReport restored(ApplicationContext context, RunId run) {
        RollbackReport report = GuardedShop.rollback(context, run);
        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.repeated()).isFalse();
        return report;
    }

    /** Where uniqueness is checked late, triggers and references have a part in putting rows back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRollbackOfRowsIsRolledBackToAnyDepth(boolean ordinary) throws Exception {
        if (ordinary) {
            this.shop.admin("ALTER TABLE orders ADD UNIQUE (id, customer) DEFERRABLE INITIALLY DEFERRED");
        }
        this.shop.application().run(context -> {
            List<String> before = this.shop.rows();
            RunId run = GuardedShop.act(
                    context,
                    "UPDATE customer SET name = 'agent' WHERE id < 4",
                    "DELETE FROM customer WHERE id = 8",
                    "INSERT INTO customer VALUES (10, 'agent')",
                    "UPDATE orders SET customer = 10 WHERE id = 3");
            List<String> after = this.shop.rows();
            assertThat(after).isNotEqualTo(before);

            RunId newest = run;
            for (int depth = 1; depth <= 4; depth++) {
                newest = id(restored(context, newest));
                assertThat(this.shop.rows()).as("depth %d", depth).isEqualTo((depth % 2 == 1) ? before : after);
            }
            for (int round = 0; round < 2; round++) {
                RollbackReport undone = restored(context, run);
                assertThat(this.shop.rows()).isEqualTo(before);
                assertThat(GuardedShop.rollback(context, run).repeated()).isTrue();
                restored(context, id(undone));
                assertThat(this.shop.rows()).isEqualTo(after);
            }
            assertThat(context.getBean(ReceiptVerifier.class).verifyAll().valid())
                    .isTrue();
        });
    }

    @Test
    void severalTransactionsOfARunAreDoneAgainTogether() throws Exception {
        this.shop.application().run(context -> {
            List<String> before = this.shop.rows();
            RunId run;
            try (var open = context.getBean(Enact.class).openRun("two")) {
                run = open.id();
                GuardedShop.act(context, "UPDATE customer SET name = 'first' WHERE id = 1");
                GuardedShop.act(context, "UPDATE customer SET name = 'second' WHERE id = 1", "TRUNCATE orders");
            }
            List<String> after = this.shop.rows();

            RollbackReport undone = restored(context, run);
            assertThat(this.shop.rows()).isEqualTo(before);
            RollbackReport redone = restored(context, id(undone));

            assertThat(redone.steps()).hasSize(1);
            assertThat(redone.steps().get(0).action()).endsWith(".undo_change_rows");
            assertThat(this.shop.rows()).isEqualTo(after);
            RollbackReport undoneAgain = restored(context, id(redone));
            assertThat(this.shop.rows()).isEqualTo(before);
            assertThat(GuardedShop.rollback(context, run).repeated()).isTrue();
            restored(context, id(undoneAgain));
            assertThat(this.shop.rows()).isEqualTo(after);
            restored(context, run);
            assertThat(this.shop.rows()).isEqualTo(before);
        });
    }

    @Test
    void aRowThatSomebodyChangedSinceIsNotChangedAgain() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id < 4");
            RunId undone = id(restored(context, run));
            this.shop.admin("UPDATE customer SET name = 'person' WHERE id = 2");
            List<String> found = this.shop.rows();

            RollbackReport refused = GuardedShop.rollback(context, undone);

            assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(refused.steps().get(0).restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(Objects.requireNonNull(refused.steps().get(0).rows()).conflictCount())
                    .isEqualTo(1);
            assertThat(this.shop.rows()).isEqualTo(found);
        });
    }

    @Test
    void whatWasForcedOverLaterWorkComesBackWithTheLaterWork() throws Exception {
        this.shop.application().run(context -> {
            RunId run = GuardedShop.act(context, "UPDATE customer SET name = 'agent' WHERE id < 4");
            this.shop.admin("UPDATE customer SET name = 'person' WHERE id = 2");
            List<String> found = this.shop.rows();
            RollbackReport forced = context.getBean(Enact.class)
                    .rollback(RollbackRequest.of(run, Actor.anonymous(), "mine is right")
                            .forcing(Selection.ofRows("public.customer")));
            assertThat(forced.result()).isEqualTo(RollbackResult.ROLLED_BACK);

            restored(context, id(forced));

            assertThat(this.shop.rows()).isEqualTo(found);
        });
    }
}
