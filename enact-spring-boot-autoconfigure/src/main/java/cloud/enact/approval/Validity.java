package cloud.enact.approval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long requests hold, by a clock that may be wrong: a process whose clock went back takes none of them. */
final class Validity {

    /** How far the clocks of two machines may differ. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    /** How long whoever repeats a call is told that nobody has answered, before it may be asked anew. */
    private static final Duration SILENCE = Duration.ofMinutes(15);

    /** How long it takes at most to put a decision on record and to tell people. */
    private static final Duration TELLING = Duration.ofMinutes(1);

    private final Clock clock;

    Validity(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return this.clock.instant();
    }

    /** Whether nobody can answer or use it any more. */
    boolean isOver(ApprovalRequest request) {
        Instant now = now();
        return !now.isBefore(request.terms().expiresAt())
                || now.isBefore(request.timestamp().minus(SKEW));
    }

    /** Whether people should have been told of it by now. */
    boolean isOld(ApprovalRequest request) {
        return now().isAfter(request.timestamp().plus(TELLING));
    }

    /** Whether whoever began a change had time to put it on record: it has probably died. */
    boolean isLeftBehind(ApprovalChange change) {
        Instant now = now();
        return now.isAfter(change.since().plus(TELLING))
                || now.isBefore(change.since().minus(SKEW));
    }

    /** Whether a request that has ended is still the answer to a call that is repeated. */
    boolean stillSpeaks(ApprovalRequest ended) {
        boolean silence = ended.state() == ApprovalState.EXPIRED
                && ended.answers().size() < ended.terms().approvers();
        if (silence) {
            return now().isBefore(ended.terms().expiresAt().plus(silence(ended)));
        }
        return ended.state() == ApprovalState.DENIED && !isOver(ended);
    }

    /** Never longer than the question itself was open. */
    private static Duration silence(ApprovalRequest request) {
        Duration open = Duration.between(request.timestamp(), request.terms().expiresAt());
        return (open.compareTo(SILENCE) < 0) ? open : SILENCE;
    }
}
