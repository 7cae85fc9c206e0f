package cloud.enact.doubles.github;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong with requests of one kind, once unless said otherwise. */
public final class Fault {

    private static final long PATIENCE_SECONDS = 60;

    private final Predicate<GitHubRequest> requests;

    private final AtomicInteger seen = new AtomicInteger();

    private volatile int skipped;

    private volatile int times = 1;

    private volatile @Nullable Runnable before;

    private volatile @Nullable Runnable after;

    private volatile @Nullable Answer answer;

    private volatile Wire wire = Wire.WHOLE;

    Fault(Predicate<GitHubRequest> requests) {
        this.requests = requests;
    }

    /** Lets some requests of the kind pass first. */
    public Fault after(int passed) {
        this.skipped = passed;
        return this;
    }

    /** Meets so many requests of the kind. */
    public Fault times(int times) {
        this.times = times;
        return this;
    }

    /** Meets every request of the kind. */
    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    /** The request never arrives: nothing is done, and the connection is closed. */
    public void dropRequest() {
        this.wire = Wire.NO_REQUEST;
    }

    /** The request is carried out, but the connection is closed before an answer. */
    public void dropResponse() {
        this.wire = Wire.NO_RESPONSE;
    }

    /** The request is carried out, but the connection is closed in the middle of the answer. */
    public void cutResponse() {
        this.wire = Wire.CUT;
    }

    /** No requests are left until a time. */
    public void primaryRateLimit(Instant reset) {
        this.answer = Answer.refused(403, "API rate limit exceeded for user ID 1.")
                .with(Map.of(
                        "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", String.valueOf(reset.getEpochSecond())));
    }

    /** Too much was written at once; the status is 403 or 429. */
    public void secondaryRateLimit(int status, int retryAfterSeconds) {
        this.answer = Answer.refused(
                        status,
                        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
                .with(Map.of("Retry-After", String.valueOf(retryAfterSeconds)));
    }

    /** The request is refused with a status and a message, and nothing is done. */
    public void answer(int status, String message) {
        this.answer = Answer.refused(status, message);
    }

    /** The request is carried out, and its answer is a failure all the same. */
    public void answerAfterActing(int status, String message) {
        this.wire = Wire.OTHER_ANSWER;
        this.answer = Answer.refused(status, message);
    }

    /** The request waits before it is carried out, until it is released. */
    public void holdUntil(CountDownLatch released) {
        beforeActing(() -> await(released));
    }

    /** The request is carried out, and its answer waits until it is released. */
    public void holdResponseUntil(CountDownLatch released) {
        beforeAnswering(() -> await(released));
    }

    /** Somebody else does something before the request is carried out. */
    public void beforeActing(Runnable something) {
        this.before = something;
    }

    /** Somebody else does something after the request was carried out, before its answer leaves. */
    public void beforeAnswering(Runnable something) {
        this.after = something;
    }

    /** How many requests of the kind came. */
    public int seen() {
        return this.seen.get();
    }

    boolean meets(GitHubRequest request) {
        if (!this.requests.test(request)) {
            return false;
        }
        int number = this.seen.getAndIncrement();
        return number >= this.skipped && number - this.skipped < this.times;
    }

    void before() {
        Runnable something = this.before;
        if (something != null) {
            something.run();
        }
    }

    void after() {
        Runnable something = this.after;
        if (something != null) {
            something.run();
        }
    }

    @Nullable
    Answer answer() {
        return this.answer;
    }

    Wire wire() {
        return this.wire;
    }

    private static void await(CountDownLatch released) {
        try {
            if (!released.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody released the request");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What becomes of a request and its answer on their way. */
    enum Wire {
        WHOLE,
        NO_REQUEST,
        NO_RESPONSE,
        CUT,
        OTHER_ANSWER
    }
}
