package cloud.enact.gate;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the gate knows of its own health, for health, info and metrics. Thread-safe. */
public final class GateState {

    private final AtomicLong passed = new AtomicLong();

    private final AtomicLong blocked = new AtomicLong();

    private final AtomicLong failedOpen = new AtomicLong();

    private final AtomicLong unrecorded = new AtomicLong();

    private final AtomicLong bypasses = new AtomicLong();

    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();

    void passed() {
        this.passed.incrementAndGet();
    }

    void blocked() {
        this.blocked.incrementAndGet();
    }

    void failedOpen(String what) {
        this.failedOpen.incrementAndGet();
        this.problem.set(what);
    }

    void unrecorded(String what) {
        this.unrecorded.incrementAndGet();
        this.problem.set(what);
    }

    void bypassed() {
        this.bypasses.incrementAndGet();
    }

    /** Calls let through since start-up. */
    public long passedCount() {
        return this.passed.get();
    }

    /** Calls stopped since start-up. */
    public long blockedCount() {
        return this.blocked.get();
    }

    /** Calls that went through in observe mode although the gate could not do its work. */
    public long failedOpenCount() {
        return this.failedOpen.get();
    }

    /** Calls whose outcome could not be recorded: their runs are in doubt. */
    public long unrecordedCount() {
        return this.unrecorded.get();
    }

    /** Tool callbacks offered to a model past the gate. */
    public long bypassCount() {
        return this.bypasses.get();
    }

    /** The newest problem in a sentence, or {@code null} while there was none. */
    public @Nullable String problem() {
        return this.problem.get();
    }
}
