package cloud.enact.gate;

import cloud.enact.action.RunId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What the gate knows of its own health, for health, info and metrics. Thread-safe. */
public final class GateState {

    private static final int MOST_IN_DOUBT = 1000;

    private final AtomicLong passed = new AtomicLong();

    private final AtomicLong blocked = new AtomicLong();

    private final AtomicLong failedOpen = new AtomicLong();

    private final AtomicLong unrecorded = new AtomicLong();

    private final AtomicLong bypasses = new AtomicLong();

    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();

    /** Actions whose outcome is missing, with their runs: as many as are looked after. */
    private final Map<UUID, RunId> inDoubt = new ConcurrentHashMap<>();

    /** Whether something is missing that nobody can settle, or nobody looks after. */
    private final AtomicBoolean missing = new AtomicBoolean();

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

    void unrecorded(String what, RunId runId, UUID actionId) {
        this.unrecorded.incrementAndGet();
        this.problem.set(what);
        if (this.inDoubt.size() < MOST_IN_DOUBT) {
            this.inDoubt.put(actionId, runId);
        } else {
            this.missing.set(true);
        }
    }

    void unrecorded(String what) {
        this.unrecorded.incrementAndGet();
        this.problem.set(what);
        this.missing.set(true);
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

    /**
     * Whether any outcome that could not be recorded is still missing.
     *
     * @param settled whether an action of a run has an outcome on record by now, or was reconciled
     */
    public boolean isAnyMissing(BiPredicate<RunId, UUID> settled) {
        this.inDoubt.entrySet().removeIf(action -> settled.test(action.getValue(), action.getKey()));
        return !this.inDoubt.isEmpty() || this.missing.get();
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
