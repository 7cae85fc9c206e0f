package cloud.enact.api;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import cloud.enact.approval.ApprovalGroups;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.Approver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Somebody of this machine who asks for long lists, again and again. */
class BusyApprovalApiTests {

    private static final int MANY = 20;

    private final Slow approvals = new Slow();

    private final ApprovalApiController api = new ApprovalApiController(
            false, this.approvals, new ApprovalRoles(Set.of("ops"), new ApprovalGroups(Map.of())));

    @Test
    void whoeverOnlyReadsKeepsNobodyElseFromTheList() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Integer>> readers = IntStream.range(0, MANY)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> list(null), threads))
                    .toList();
            Patience.awaiting("every reader, inside or refused")
                    .until(() -> this.approvals.inside.get() + refused(readers) >= MANY);

            assertThat(refused(readers)).isBetween(MANY / 2L, MANY - 1L);
            this.approvals.slow = false;
            assertThat(list(null)).isEqualTo(503);
            assertThat(list("ann")).isEqualTo(200);
            this.approvals.end.countDown();
            for (CompletableFuture<Integer> reader : readers) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isIn(200, 503);
            }
            assertThat(list(null)).isEqualTo(200);
        } finally {
            this.approvals.end.countDown();
            threads.shutdownNow();
        }
    }

    private static long refused(List<CompletableFuture<Integer>> readers) {
        return readers.stream()
                .filter(CompletableFuture::isDone)
                .filter(reader -> reader.join() == 503)
                .count();
    }

    private int list(@Nullable String name) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/enact/api/approvals");
        request.addHeader("Host", "localhost");
        if (name != null) {
            request.setUserPrincipal(() -> name);
        }
        return this.api.list(request, null, "200").getStatusCode().value();
    }

    /** Requests that take their time. */
    private static final class Slow implements ApprovalService {

        private final AtomicInteger inside = new AtomicInteger();

        private final CountDownLatch end = new CountDownLatch(1);

        private volatile boolean slow = true;

        @Override
        public Optional<ApprovalRequest> find(UUID id) {
            return Optional.empty();
        }

        @Override
        public List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
            if (this.slow) {
                this.inside.incrementAndGet();
                try {
                    this.end.await();
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            }
            return List.of();
        }

        @Override
        public List<ApprovalRequest> findNewest(@Nullable UUID before, int limit) {
            return List.of();
        }

        @Override
        public ApprovalRequest answer(UUID id, Approver approver, boolean approved, @Nullable String reason) {
            throw new IllegalStateException("Nobody answers here");
        }
    }
}
