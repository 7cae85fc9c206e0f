package cloud.enact.approval;

import cloud.enact.action.IdGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of requests, for the gate that makes them and lets their calls through. Thread-safe.
 *
 * <p>Every method throws {@link ApprovalStoreException} when the store can't be read or written, and what the record
 * throws.
 */
public interface ApprovalDesk extends ApprovalService {

    /**
     * The request that speaks for a call at this moment: open, or denied not long ago. One that has expired, or is about
     * other circumstances, ends here.
     *
     * @return empty when nobody has been asked about this call in these circumstances
     */
    Optional<ApprovalRequest> standing(ApprovalTerms terms);

    /**
     * Keeps a request that nobody has been told of yet; where somebody else was faster, theirs.
     *
     * @throws TooManyApprovalsException when too many are open
     * @throws TooLargeToAskException when the call is too large to be shown to people
     * @see #announce
     */
    ApprovalRequest open(AskedCall asked, ApprovalTerms terms);

    /** Tells people of a request that was {@link #open opened}. Where that can't be put on record it is void. */
    void announce(ApprovalRequest opened);

    /**
     * Whether nobody was told of a pending request, and whoever opened it had time to: that process has probably died in
     * between. It can be {@link #announce announced} by whoever repeats the call.
     */
    boolean isForgotten(ApprovalRequest pending);

    /** Ends a request that was opened and must not be announced. */
    void withdraw(ApprovalRequest opened);

    /**
     * Uses an approval up.
     *
     * @return whether it was still there: of all that use it, in all processes, one gets it
     */
    boolean use(ApprovalRequest approved);

    /**
     * Waits until a request is not pending any more.
     *
     * @return the request as it is then, or when the time is over
     * @throws InterruptedException when the thread is told to stop waiting
     */
    ApprovalRequest await(ApprovalRequest pending, Duration atMost) throws InterruptedException;

    /** Ends what nobody has answered or used in time; returns how many requests that were. */
    int expire();

    /**
     * Makes a desk with the {@linkplain OpenLimits#DEFAULTS limits} that hold where nobody sets any.
     *
     * @param store keeps the requests
     * @param record takes what becomes of them, before it counts
     * @param listeners are told in this order of what is on record
     * @param aliases know who is who
     * @param ids makes tickets
     * @param clock tells when a request expires
     */
    static ApprovalDesk of(
            ApprovalStore store,
            ApprovalRecord record,
            List<? extends ApprovalListener> listeners,
            ApprovalAliases aliases,
            IdGenerator ids,
            Clock clock) {
        return of(store, record, listeners, aliases, ids, clock, OpenLimits.DEFAULTS);
    }

    /**
     * Makes a desk.
     *
     * @param store keeps the requests
     * @param record takes what becomes of them, before it counts
     * @param listeners are told in this order of what is on record
     * @param aliases know who is who
     * @param ids makes tickets
     * @param clock tells when a request expires
     * @param limits how many requests may be open at a time
     */
    static ApprovalDesk of(
            ApprovalStore store,
            ApprovalRecord record,
            List<? extends ApprovalListener> listeners,
            ApprovalAliases aliases,
            IdGenerator ids,
            Clock clock,
            OpenLimits limits) {
        return new DefaultApprovalDesk(
                store, record, new AllListeners(listeners), aliases, ids, clock, DefaultApprovalDesk.PATIENCE, limits);
    }
}
