package cloud.enact.observation;

import cloud.enact.gate.CallObserver;
import cloud.enact.policy.EnactMode;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** What is known of a governed call while it is observed: names and ids, never arguments. Thread-safe. */
public final class GateObservationContext extends Observation.Context {

    private final @Nullable String action;

    private final EnactMode mode;

    private volatile @Nullable String decision;

    private volatile @Nullable String policySet;

    private volatile @Nullable String runId;

    private volatile @Nullable String receipt;

    private volatile CallObserver.@Nullable Ending ending;

    private volatile @Nullable String errorType;

    GateObservationContext(@Nullable String action, EnactMode mode) {
        this.action = action;
        this.mode = mode;
    }

    /** Name of the action, or {@code null} for a tool that a model made up. */
    public @Nullable String action() {
        return this.action;
    }

    public EnactMode mode() {
        return this.mode;
    }

    /** {@code PASS}, {@code ASK} or {@code BLOCK}, or {@code null} when there was no decision. */
    public @Nullable String decision() {
        return this.decision;
    }

    /** Digest of the policies that were asked, or {@code null} when there was no decision. */
    public @Nullable String policySet() {
        return this.policySet;
    }

    /** Id of the run, or {@code null} when nothing could be recorded. */
    public @Nullable String runId() {
        return this.runId;
    }

    /** Log and place of the newest receipt, or {@code null} when nothing could be recorded. */
    public @Nullable String receipt() {
        return this.receipt;
    }

    /** How the call ended, or {@code null} while it has not. */
    public CallObserver.@Nullable Ending ending() {
        return this.ending;
    }

    /** Class of what the action threw, or {@code null}. Its message may hold arguments and is not here. */
    public @Nullable String errorType() {
        return this.errorType;
    }

    void decided(String decision, String policySet) {
        this.decision = decision;
        this.policySet = policySet;
    }

    void recorded(String runId, String receipt) {
        this.runId = runId;
        this.receipt = receipt;
    }

    void ended(CallObserver.Ending ending, @Nullable String errorType) {
        this.ending = ending;
        this.errorType = errorType;
    }
}
