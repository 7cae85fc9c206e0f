package cloud.enact.gate;

import cloud.enact.policy.Decision;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The gate for calls that somebody outside this application carries out, such as a coding agent: the decision is on
 * record before anybody hears of it, the outcome when it is told. Thread-safe.
 */
public interface OutsideGate {

    /**
     * Judges a call and puts the decision on record.
     *
     * @throws RuntimeException when that was not possible; nothing may be done then
     */
    Judged judge(OutsideCall call);

    /**
     * Puts on record that a call was carried out which nobody had asked about.
     *
     * @param outcome what is known of it, {@code status} and further members
     * @throws cloud.enact.receipt.ReceiptStoreException when it could not be recorded
     */
    void ungoverned(OutsideCall call, Map<String, @Nullable Object> outcome);

    /**
     * A call that is judged.
     *
     * @param actionId its id on record
     * @param decision what was decided
     * @param ticket the request that people have been asked with, or {@code null}
     * @param end takes the outcome; of a call that was stopped only where somebody else than this gate may let it go on
     */
    record Judged(
            UUID actionId, Decision decision, @Nullable UUID ticket, OutsideEnd end) {

        /** Whether it may be carried out as far as this gate is concerned. */
        public boolean mayRun() {
            return !this.decision.stops();
        }
    }
}
