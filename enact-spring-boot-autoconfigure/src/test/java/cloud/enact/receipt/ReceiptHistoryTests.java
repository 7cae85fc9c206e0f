package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.EnactMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptHistoryTests {

    private static final String ACTION = "crm.delete_customer";

    private final ReceiptStore store = ReceiptStore.inMemory(20_000);

    private final ReceiptLog log = ReceiptLog.direct(
            "history", this.store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);

    private final ReceiptHistory history = new ReceiptHistory(() -> this.store);

    private final RunId run = Drafts.run();

    @Test
    void actionsThatRanAreTheHistory() {
        this.log.append(Drafts.decided(this.run, Map.of("id", 1L, "password", "hunter22")));
        this.log.append(Drafts.blocked(this.run));
        this.log.append(Drafts.decided(Drafts.run(), Map.of("id", 2L)));

        assertThat(this.history.ofRun(this.run)).singleElement().satisfies(action -> {
            assertThat(action.action()).isEqualTo(ACTION);
            assertThat(action.args()).containsEntry("id", 1L).containsEntry("password", "***");
            assertThat(action.actor()).isEqualTo("support@example.org");
            assertThat(action.timestamp()).isEqualTo(Drafts.NOW);
            assertThat(action.failed()).isFalse();
        });
        assertThat(this.history.since(ACTION, Drafts.NOW))
                .extracting(action -> action.args().get("id"))
                .containsExactly(2L, 1L);
        assertThat(this.history.since(ACTION, Drafts.NOW.plusMillis(1))).isEmpty();
        assertThat(this.history.since("crm.other", Drafts.NOW)).isEmpty();
        assertThat(this.history.ofRun(Drafts.run())).isEmpty();
    }

    @Test
    void runIsToldOldestFirst() {
        for (long id = 0; id < 450; id++) {
            this.log.append(Drafts.decided(this.run, Map.of("id", id)));
        }

        List<EarlierAction> actions = this.history.ofRun(this.run);

        assertThat(actions).hasSize(450);
        assertThat(actions.get(0).args()).containsEntry("id", 0L);
        assertThat(actions.get(449).args()).containsEntry("id", 449L);
    }

    @Test
    void failureCountsOnlyWhenNoStepWasTaken() {
        ActionRequest failed = Drafts.request(this.run, Map.of("id", 1L));
        ActionRequest halfDone = Drafts.request(this.run, Map.of("id", 2L));
        for (ActionRequest request : List.of(failed, halfDone)) {
            this.log.append(ReceiptDraft.decided(request, Drafts.pass(), EnactMode.ENFORCE));
        }
        this.log.append(ReceiptDraft.completed(
                failed,
                Drafts.pass(),
                EnactMode.ENFORCE,
                Drafts.NOW.plusMillis(5),
                Reversibility.REVERSIBLE,
                Map.of("status", "FAILED", "error", "no route"),
                List.of()));
        this.log.append(ReceiptDraft.completed(
                halfDone,
                Drafts.pass(),
                EnactMode.ENFORCE,
                Drafts.NOW.plusMillis(5),
                Reversibility.REVERSIBLE,
                Map.of("status", "FAILED"),
                Drafts.completed(halfDone).actionsTaken()));

        assertThat(this.history.ofRun(this.run))
                .extracting(EarlierAction::failed)
                .containsExactly(true, false);
    }

    @Test
    void whatIsObservedRan() {
        this.log.append(ReceiptDraft.decided(Drafts.request(this.run, Map.of()), Drafts.block(), EnactMode.OBSERVE));

        assertThat(this.history.ofRun(this.run)).hasSize(1);
    }

    @Test
    void moreThanCanBeLookedAtIsAnError() {
        for (int i = 0; i <= ReceiptHistory.MOST_ENTRIES; i++) {
            this.log.append(Drafts.blocked(this.run));
        }

        assertThatExceptionOfType(ReceiptStoreException.class).isThrownBy(() -> this.history.ofRun(this.run));
        assertThatExceptionOfType(ReceiptStoreException.class).isThrownBy(() -> this.history.since(ACTION, Drafts.NOW));
    }
}
