package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApprovalSharesTests {

    private final ReceiptStore store = ReceiptStore.inMemory(5000);

    private final ReceiptLog log = MemoryConsole.log(this.store);

    private final ApprovalShares shares = new ApprovalShares(MemoryConsole.sources(this.store));

    private void append(ReceiptKind kind, @Nullable String status, Map<String, @Nullable Object> approval) {
        this.log.append(ReceiptDraft.approval(
                kind,
                Drafts.run(),
                Drafts.id(),
                Drafts.NOW,
                "billing.refund",
                Actor.of("ann@example.com"),
                (status != null) ? Map.of(ReceiptDraft.STATUS, status) : null,
                approval));
    }

    private void asked(int approvers, List<String> policies, String... statuses) {
        String id = Drafts.id().toString();
        append(
                ReceiptKind.APPROVAL_REQUESTED,
                null,
                Map.of("id", id, "approvers_needed", approvers, "policies", policies));
        for (String status : statuses) {
            append(ReceiptKind.APPROVAL_ANSWERED, status, Map.of("id", id));
        }
    }

    @Test
    void aRequestCountsOnceHoweverManyPeopleAnswer() {
        asked(2, List.of("a"), "APPROVED", "APPROVED");
        asked(2, List.of("a"), "APPROVED", "DENIED");
        asked(1, List.of("a", "b"), "APPROVED", "VOID");
        asked(1, List.of("b"), "EXPIRED");

        assertThat(this.shares.byPolicy())
                .isEqualTo(Map.of("a", new ApprovalShares.Share(2, 3), "b", new ApprovalShares.Share(1, 2)));
    }

    @Test
    void whatNobodyDecidedIsNotCounted() {
        asked(1, List.of("a"));
        asked(2, List.of("a"), "APPROVED");
        asked(1, List.of("a"), "VOID");
        append(ReceiptKind.APPROVAL_ANSWERED, "APPROVED", Map.of("id", "of a request before all these"));
        append(ReceiptKind.APPROVAL_ANSWERED, "APPROVED", Map.of());

        assertThat(this.shares.byPolicy()).isEmpty();
    }

    @Test
    void whatCameTooLateToCountIsNotCounted() {
        String id = Drafts.id().toString();
        append(ReceiptKind.APPROVAL_REQUESTED, null, Map.of("id", id, "approvers_needed", 1, "policies", List.of("a")));
        append(ReceiptKind.APPROVAL_ANSWERED, "APPROVED", Map.of("id", id, "change", "late"));
        append(ReceiptKind.APPROVAL_ANSWERED, "OVERTAKEN", Map.of("id", id, "change", "late"));
        assertThat(this.shares.byPolicy()).isEmpty();

        append(ReceiptKind.APPROVAL_ANSWERED, "DENIED", Map.of("id", id, "change", "first"));

        assertThat(this.shares.byPolicy()).isEqualTo(Map.of("a", new ApprovalShares.Share(0, 1)));
    }

    @Test
    void onlyTheNewestRequestsAreLookedAt() {
        asked(1, List.of("old"), "DENIED");
        for (int i = 0; i < ApprovalShares.WINDOW; i++) {
            asked(1, List.of("new"), "APPROVED");
        }

        assertThat(this.shares.byPolicy()).containsOnlyKeys("new");
        assertThat(this.shares.byPolicy().get("new").isAlwaysApproved()).isTrue();
    }

    @Test
    void nineApprovalsAreNotYetAHabit() {
        assertThat(new ApprovalShares.Share(9, 9).isAlwaysApproved()).isFalse();
        assertThat(new ApprovalShares.Share(10, 10).isAlwaysApproved()).isTrue();
        assertThat(new ApprovalShares.Share(10, 11).isAlwaysApproved()).isFalse();
    }
}
