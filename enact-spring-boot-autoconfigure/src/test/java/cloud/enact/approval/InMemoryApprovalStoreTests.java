package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InMemoryApprovalStoreTests extends ApprovalStoreContract {

    private final ApprovalStore store = ApprovalStore.inMemory();

    @Override
    protected ApprovalStore store() {
        return this.store;
    }

    @Override
    protected ApprovalStore other() {
        return this.store;
    }

    @Test
    void largeRequestsMakeRoomForNewOnesOnceTheyHaveEnded() {
        int most = 64 * 1024 / 200;
        for (int i = 0; i < most + 20; i++) {
            ApprovalRequest request = this.store.open(large("ended " + i));
            this.store.replace(this.samples.next(request, ApprovalState.DENIED));
        }

        assertThat(count()).isLessThanOrEqualTo(most);
        assertThatExceptionOfType(ApprovalStoreException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < most + 20; i++) {
                        this.store.open(large("open " + i));
                    }
                })
                .withMessageContaining("Too many");
    }

    private int count() {
        int count = 0;
        UUID before = null;
        List<ApprovalRequest> page;
        do {
            page = this.store.findNewest(before, ApprovalStore.MAX_LIMIT);
            count += page.size();
            before = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (!page.isEmpty());
        return count;
    }

    private ApprovalRequest large(String call) {
        return this.samples.request(call, "x".repeat(200 * 1024));
    }
}
