package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout only ends a test that would hang. */
@Timeout(60)
class ByteBudgetTests {

    private static final long LONG = TimeUnit.SECONDS.toNanos(50);

    @Test
    void aFloodOfSmallThingsDoesNotKeepALargeOneOut() throws Exception {
        ByteBudget budget = new ByteBudget(10);
        assertThat(budget.take(8, 0)).isTrue();
        CompletableFuture<Boolean> large = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                large.complete(budget.take(6, LONG));
            } catch (InterruptedException ex) {
                large.completeExceptionally(ex);
            }
        });
        waiting.start();
        Patience.awaiting("a thread that waits").until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        assertThat(budget.take(1, 0)).isFalse();
        budget.giveBack(8);

        assertThat(large.get()).isTrue();
        assertThat(budget.take(4, LONG)).isTrue();
    }

    @Test
    void whatIsLargerThanAllGetsAll() throws Exception {
        ByteBudget budget = new ByteBudget(10);

        assertThat(budget.take(1000, 0)).isTrue();
        assertThat(budget.take(1, 0)).isFalse();
        budget.giveBack(1000);
        assertThat(budget.take(10, 0)).isTrue();
    }
}
