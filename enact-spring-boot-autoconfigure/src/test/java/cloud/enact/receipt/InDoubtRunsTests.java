package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.EnactMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Actions that end while somebody looks for those in doubt. */
class InDoubtRunsTests {

    private final ReceiptStore store = ReceiptStore.inMemory(100);

    private final ReceiptLog log = Drafts.log(this.store);

    private final InDoubtRuns doubts = new InDoubtRuns(this.store, this.log.id());

    @Test
    void whatEndsBetweenTheLookAtTheStoreAndAtWhatRunsIsNotInDoubt() {
        ActionRequest request = Drafts.request(Drafts.run(), Map.of());
        this.log.append(ReceiptDraft.decided(request, Drafts.pass(), EnactMode.ENFORCE));

        assertThat(this.doubts.find(actionId -> {
                    this.log.append(Drafts.completed(request));
                    return false;
                }))
                .isEmpty();
    }

    @Test
    void whatDoesNotEndIsInDoubt() {
        Receipt lost = this.log.append(Drafts.decided(Drafts.run()));

        assertThat(this.doubts.find(actionId -> false)).containsExactly(lost);
    }
}
