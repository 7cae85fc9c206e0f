package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GatheringTests {

    private final BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();

    private final AtomicLong now = new AtomicLong();

    private final List<Long> pauses = new ArrayList<>();

    private final List<Integer> comeWhileItWaits = new ArrayList<>();

    private final Gathering<Integer> gathering = new Gathering<>(this.queue, 8, this.now::get, nanos -> {
        this.pauses.add(nanos);
        this.queue.addAll(this.comeWhileItWaits);
    });

    @Test
    void oneCallerIsNeverKept() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            assertThat(take(1)).hasSize(1);
        }
        assertThat(this.pauses).isEmpty();
    }

    @Test
    void theFastestOfManyWaitsForTheOthers() throws InterruptedException {
        take(6);
        this.comeWhileItWaits.addAll(List.of(2, 3, 4));
        assertThat(take(1)).hasSize(4);
        assertThat(this.pauses).containsExactly(100_000L);
    }

    @Test
    void halfOfThemGoOnWithoutWaiting() throws InterruptedException {
        take(6);
        assertThat(take(3)).hasSize(3);
        assertThat(this.pauses).isEmpty();
    }

    @Test
    void nobodyIsWaitedForTwice() throws InterruptedException {
        take(6);
        take(1);
        take(1);
        assertThat(this.pauses).hasSize(1);
    }

    @Test
    void noMoreGoTogetherThanAllowed() throws InterruptedException {
        assertThat(take(9)).hasSize(8);
        this.comeWhileItWaits.addAll(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(take(0)).hasSize(8);
        assertThat(this.queue).hasSize(1);
    }

    @Test
    void aSlowCommitDoesNotMakeTheWaitLonger() throws InterruptedException {
        take(6);
        this.now.addAndGet(5_000_000_000L);
        this.gathering.done();
        take(1);
        assertThat(this.pauses).containsExactly(200_000L);
    }

    /** One commit of 0.8 ms. */
    private List<Integer> take(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            this.queue.add(i);
        }
        List<Integer> taken = new ArrayList<>();
        this.gathering.take(taken);
        this.now.addAndGet(800_000);
        this.gathering.done();
        return taken;
    }
}
