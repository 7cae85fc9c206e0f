package cloud.enact.api;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.IdGenerator;
import cloud.enact.approval.ApprovalGroups;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.Approver;
import cloud.enact.receipt.ReceiptStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class ApprovalApiOutageTests {

    private static final String TICKET =
            IdGenerator.uuidV7(Clock.systemUTC()).next().toString();

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of(
                        new ApprovalStoreException("disk of 10.0.0.7 is full", null),
                        503,
                        "Approvals are not available"),
                Arguments.of(
                        new ReceiptStoreException("disk of 10.0.0.7 is full", null), 503, "Receipts are not available"),
                Arguments.of(new IllegalStateException("10.0.0.7 and more"), 500, "Internal error"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whatIsNotThereIsToldAndItsReasonIsNot(RuntimeException outage, int status, String title) {
        ApprovalApiController api = new ApprovalApiController(
                false, new Broken(outage), new ApprovalRoles(Set.of("ops"), new ApprovalGroups(Map.of())));

        for (ResponseEntity<byte[]> answer : List.of(
                api.list(request("GET"), null, null),
                api.one(request("GET"), TICKET),
                api.answer(request("POST"), TICKET))) {
            assertThat(answer.getStatusCode().value()).isEqualTo(status);
            assertThat(new String(answer.getBody(), StandardCharsets.UTF_8))
                    .contains(title)
                    .doesNotContain("10.0.0.7");
        }
    }

    private static MockHttpServletRequest request(String method) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/enact/api/approvals");
        request.addHeader("Host", "localhost");
        request.setContentType("application/json");
        request.setContent("{\"approved\":true}".getBytes(StandardCharsets.UTF_8));
        return request;
    }

    private record Broken(RuntimeException failure) implements ApprovalService {

        @Override
        public Optional<ApprovalRequest> find(UUID id) {
            throw this.failure;
        }

        @Override
        public List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
            throw this.failure;
        }

        @Override
        public List<ApprovalRequest> findNewest(@Nullable UUID before, int limit) {
            throw this.failure;
        }

        @Override
        public ApprovalRequest answer(UUID id, Approver approver, boolean approved, @Nullable String reason) {
            throw this.failure;
        }
    }
}
