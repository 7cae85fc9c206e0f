package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.IdGenerator;
import cloud.enact.approval.ApprovalGroups;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.Approver;
import cloud.enact.receipt.ReceiptStoreException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

class ApprovalsEndpointTests {

    private static final String TICKET =
            IdGenerator.uuidV7(Clock.systemUTC()).next().toString();

    @Test
    void aStoreThatCantBeReadIsNoSecretAndItsReasonIs() {
        WebEndpointResponse<Map<String, Object>> answer = endpoint(
                        new ApprovalStoreException("disk of 10.0.0.7 is full", null))
                .one(TICKET);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getBody()).containsEntry("title", "Approvals are not available");
        assertThat(answer.getBody().toString()).doesNotContain("10.0.0.7");
    }

    @Test
    void receiptsThatCantBeWrittenAreNamedAsWhatIsMissing() {
        WebEndpointResponse<Map<String, Object>> answer = endpoint(
                        new ReceiptStoreException("disk of 10.0.0.7 is full", null))
                .one(TICKET);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getBody()).containsEntry("title", "Receipts are not available");
        assertThat(answer.getBody().toString()).doesNotContain("10.0.0.7");
    }

    private static ApprovalsEndpoint endpoint(RuntimeException failure) {
        return new ApprovalsEndpoint(
                new Broken(failure), new ApprovalRoles(Set.of("ops"), new ApprovalGroups(Map.of())));
    }

    private record Broken(RuntimeException failure) implements ApprovalService {

        @Override
        public Optional<ApprovalRequest> find(UUID id) {
            throw this.failure;
        }

        @Override
        public List<ApprovalRequest> findOpen(UUID after, int limit) {
            throw this.failure;
        }

        @Override
        public List<ApprovalRequest> findNewest(UUID before, int limit) {
            throw this.failure;
        }

        @Override
        public ApprovalRequest answer(UUID id, Approver approver, boolean approved, String reason) {
            throw this.failure;
        }
    }
}
