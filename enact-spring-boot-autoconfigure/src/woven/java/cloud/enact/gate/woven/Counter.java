package cloud.enact.gate.woven;

import cloud.enact.EnactAction;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.resilience.annotation.Retryable;
import reactor.core.publisher.Mono;

/** A bean that is proxied for its retries, and woven. */
public class Counter {

    private final AtomicInteger attempts = new AtomicInteger();

    @Tool(description = "Counts")
    @EnactAction("counter.add")
    @Retryable(maxRetries = 2, delay = 0)
    public int add(int number) {
        return this.attempts.addAndGet(number);
    }

    @EnactAction("counter.flaky")
    @Retryable(maxRetries = 2, delay = 0)
    public int flaky() {
        if (this.attempts.incrementAndGet() < 3) {
            throw new IllegalStateException("not yet");
        }
        return this.attempts.get();
    }

    @EnactAction("counter.flaky_later")
    @Retryable(maxRetries = 2, delay = 0)
    public Mono<Integer> flakyLater() {
        return Mono.fromCallable(() -> {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return this.attempts.get();
        });
    }

    public int attempts() {
        return this.attempts.get();
    }
}
