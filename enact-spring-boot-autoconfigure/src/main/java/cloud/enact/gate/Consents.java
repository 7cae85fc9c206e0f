package cloud.enact.gate;

import cloud.enact.approval.ApprovalRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of calls that policies want a person to look at. Thread-safe. */
interface Consents {

    /** Whether there is anybody to ask. */
    boolean areReachable();

    /** What holds for the call now; nothing is used up, and nobody is told of anything yet. Never throws. */
    Consent on(Question question);

    /** Uses the approval of a call up that is about to go through; one that is gone by now stops it. Never throws. */
    Consent use(Consent approved);

    /**
     * Tells people of a request that is on record, or ends it when it is not.
     *
     * @param recorded whether the decision to ask is on record
     * @return what holds now: a call whose request can't be told is blocked
     */
    Consent tell(Consent pending, boolean recorded);

    /** How long a call waits for its answer; zero for not at all. */
    Duration patience(@Nullable ApprovalWish wish);

    /** Waits for the answer; returns whether it makes sense to look again. */
    boolean await(ApprovalRequest pending, Duration atMost);
}
