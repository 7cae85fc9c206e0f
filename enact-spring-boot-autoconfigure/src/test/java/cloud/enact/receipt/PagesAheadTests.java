package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PagesAheadTests {

    private static final int LIMIT = 3;

    private final ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();

    private final ReceiptStore store = ReceiptStore.inMemory(2000);

    private void append(int count, String text) {
        try (ReceiptLog log = ReceiptLog.direct(
                "test", this.store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK)) {
            for (int i = 0; i < count; i++) {
                log.append(Drafts.decided(Drafts.run(), Map.of("text", text)));
            }
        }
    }

    private List<Receipt> page(long seq) {
        this.asked.add(seq);
        return this.store.read("test", seq, LIMIT);
    }

    private static List<Long> places(List<Receipt> page) {
        return page.stream().map(Receipt::seq).toList();
    }

    @Test
    void thePagesAreThoseOfTheLog() {
        append(7, "short");
        List<Long> seen = new ArrayList<>();

        try (PagesAhead pages = new PagesAhead(this::page, LIMIT)) {
            long next = 1;
            for (List<Receipt> page = pages.read(next); !page.isEmpty(); page = pages.read(next)) {
                seen.addAll(places(page));
                next += page.size();
            }
        }

        assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(this.asked).containsExactly(1L, 4L, 7L, 8L);
    }

    @Test
    void theNextPageIsReadWhileThisOneIsLookedAt() throws InterruptedException {
        append(4, "short");
        CountDownLatch readAhead = new CountDownLatch(1);

        try (PagesAhead pages = new PagesAhead(
                seq -> {
                    if (seq == 4) {
                        readAhead.countDown();
                    }
                    return page(seq);
                },
                LIMIT)) {
            pages.read(1);

            assertThat(readAhead.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void aPageSomewhereElseIsReadAnew() {
        append(9, "short");

        try (PagesAhead pages = new PagesAhead(this::page, LIMIT)) {
            pages.read(1);

            assertThat(places(pages.read(6))).containsExactly(6L, 7L, 8L);
        }
    }

    @Test
    void nothingIsReadAheadBehindLargeEntries() {
        int many = ReceiptStore.MAX_LIMIT;
        append(many + 1, "x".repeat(4500));
        List<Thread> readers = new ArrayList<>();

        try (PagesAhead pages = new PagesAhead(
                seq -> {
                    readers.add(Thread.currentThread());
                    return this.store.read("test", seq, many);
                },
                many)) {
            assertThat(pages.read(1)).hasSize(many);
            assertThat(pages.read(many + 1)).hasSize(1);
        }

        assertThat(readers).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void aPageThatCouldNotBeReadIsToldOfWhenItIsAskedFor() {
        append(6, "short");

        try (PagesAhead pages = new PagesAhead(
                seq -> {
                    if (seq > 1) {
                        throw new ReceiptStoreException("The disk is gone", null);
                    }
                    return page(seq);
                },
                LIMIT)) {
            pages.read(1);

            assertThatThrownBy(() -> pages.read(4))
                    .isInstanceOf(ReceiptStoreException.class)
                    .hasMessage("The disk is gone");
        }
    }

    @Test
    void anInterruptedCheckGoesOnAndStaysInterrupted() throws Exception {
        append(6, "short");
        var caller = Executors.newSingleThreadExecutor();
        try (PagesAhead pages = new PagesAhead(this::page, LIMIT)) {
            boolean interrupted = caller.submit(() -> {
                        pages.read(1);
                        Thread.currentThread().interrupt();
                        assertThat(places(pages.read(4))).containsExactly(4L, 5L, 6L);
                        return Thread.interrupted();
                    })
                    .get();

            assertThat(interrupted).isTrue();
        } finally {
            caller.shutdown();
        }
    }
}
