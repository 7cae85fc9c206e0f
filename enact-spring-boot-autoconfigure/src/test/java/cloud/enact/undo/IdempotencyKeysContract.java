package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What all idempotency keys promise. */
public abstract class IdempotencyKeysContract {

    private static final int THREADS = 8;

    /** The same keys at every call, as another process would see them where processes can share them. */
    protected abstract IdempotencyKeys keys();

    @Test
    @DisplayName("1. a key that was taken is found, and not taken again")
    void taken() {
        assertThat(keys().find("email", "a")).isEmpty();

        assertThat(keys().take("email", "a", "digest", "one")).isEmpty();

        IdempotencyKeys.Use use = new IdempotencyKeys.Use("digest", "one", false, null);
        assertThat(keys().find("email", "a")).contains(use);
        assertThat(keys().take("email", "a", "other", "two")).contains(use);
    }

    @Test
    @DisplayName("2. of all that take a key at once, one gets it")
    void once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier together = new CyclicBarrier(THREADS);
            List<Callable<Optional<IdempotencyKeys.Use>>> takers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String attempt = "attempt-" + i;
                takers.add(() -> {
                    IdempotencyKeys keys = keys();
                    together.await();
                    return keys.take("email", "a", "digest", attempt);
                });
            }

            int got = 0;
            for (Future<Optional<IdempotencyKeys.Use>> taker : threads.invokeAll(takers)) {
                got += taker.get().isEmpty() ? 1 : 0;
            }

            assertThat(got).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("3. what was done is found with what it was done as, and never given back")
    void done() {
        keys().take("email", "a", "digest", "one");

        keys().done("email", "a", "one", "message-1");
        keys().giveBack("email", "a", "one");

        assertThat(keys().find("email", "a")).contains(new IdempotencyKeys.Use("digest", "one", true, "message-1"));
    }

    @Test
    @DisplayName("4. a key that is given back is free again")
    void givenBack() {
        keys().take("email", "a", "digest", "one");

        keys().giveBack("email", "a", "one");

        assertThat(keys().find("email", "a")).isEmpty();
        assertThat(keys().take("email", "a", "other", "two")).isEmpty();
    }

    @Test
    @DisplayName("5. nobody ends what somebody else has taken")
    void foreign() {
        keys().take("email", "a", "digest", "one");

        keys().giveBack("email", "a", "two");
        assertThatThrownBy(() -> keys().done("email", "a", "two", null)).isInstanceOf(UndoLogException.class);
        assertThatThrownBy(() -> keys().done("email", "b", "one", null)).isInstanceOf(UndoLogException.class);

        assertThat(keys().find("email", "a")).contains(new IdempotencyKeys.Use("digest", "one", false, null));
    }

    @Test
    @DisplayName("6. the same key of somebody else is another one")
    void scopes() {
        keys().take("email.work", "a", "digest", "one");

        assertThat(keys().take("email.home", "a", "digest", "two")).isEmpty();
    }
}
