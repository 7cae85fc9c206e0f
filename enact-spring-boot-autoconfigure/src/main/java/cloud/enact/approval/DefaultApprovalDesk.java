package cloud.enact.approval;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.ShortText;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests in a store that other processes may share: each change is a new version, of which one wins. */
final class DefaultApprovalDesk implements ApprovalDesk {

    /** How long people wait for each other. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ApprovalStore store;

    private final ApprovalRecord record;

    private final ApprovalListener listener;

    private final IdGenerator ids;

    private final Validity validity;

    private final Duration patience;

    private final RecordedChanges changes;

    private final Eligibility eligibility;

    private final OpenRequests openRequests;

    private final AnswerSignal signal = new AnswerSignal();

    /**
     * Makes the desk.
     *
     * @param patience how long an answer waits for another one that is put on record at this moment
     * @param limits how many requests may be open
     */
    DefaultApprovalDesk(
            ApprovalStore store,
            ApprovalRecord record,
            ApprovalListener listener,
            ApprovalAliases aliases,
            IdGenerator ids,
            Clock clock,
            Duration patience,
            OpenLimits limits) {
        this.store = store;
        this.record = record;
        this.listener = listener;
        this.ids = ids;
        this.validity = new Validity(clock);
        this.patience = patience;
        this.changes = new RecordedChanges(store, record, listener, ids, this.validity);
        this.eligibility = new Eligibility(aliases);
        this.openRequests = new OpenRequests(store, limits);
    }

    @Override
    public Optional<ApprovalRequest> find(UUID id) {
        return this.store.find(id);
    }

    @Override
    public List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
        return this.store.findOpen(after, limit);
    }

    @Override
    public List<ApprovalRequest> findNewest(@Nullable UUID before, int limit) {
        return this.store.findNewest(before, limit);
    }

    @Override
    public ApprovalRequest answer(UUID id, Approver approver, boolean approved, @Nullable String reason) {
        ApprovalAnswer answer = new ApprovalAnswer(
                approved, approver.id().strip(), approver.channel(), reason(reason), this.validity.now());
        long deadline = System.nanoTime() + this.patience.toNanos();
        try {
            Optional<ApprovalRequest> counted = Optional.empty();
            while (counted.isEmpty()) {
                long seen = this.signal.count();
                ApprovalRequest request = this.changes.settled(this.changes.current(id));
                requireOpen(request, approver);
                if (request.change() != null) {
                    await(seen, deadline);
                } else if (!isOnRecordAsOver(request)) {
                    counted = this.changes.answer(request, answer);
                }
            }
            return counted.get();
        } finally {
            this.signal.changed();
        }
    }

    private void requireOpen(ApprovalRequest request, Approver approver) {
        if (!request.state().isFinal() && this.validity.isOver(request)) {
            end(request, ApprovalState.EXPIRED);
            this.eligibility.require(this.changes.current(request.id()), approver);
            throw new ApprovalRefusedException("This request has expired. Whoever asked has to ask again.");
        }
        this.eligibility.require(request, approver);
    }

    /**
     * Whether a request that was open has ended meanwhile, by what is on record.
     *
     * @throws ApprovalStoreException when it is open all the same: a store that somebody else can write to may hold an
     *     earlier version, and what is on record can't be taken back
     */
    private boolean isOnRecordAsOver(ApprovalRequest request) {
        if (!this.record.isOver(request)) {
            return false;
        }
        if (this.changes.current(request.id()).version() == request.version()) {
            throw new ApprovalStoreException(
                    "An earlier version of the request for approval " + request.id()
                            + " was put back where it is kept: by its receipts it has ended. It approves nothing; find"
                            + " out who can write there",
                    null);
        }
        return true;
    }

    /** Waits until what somebody is about to answer counts or does not. */
    private void await(long seen, long deadline) {
        long left = deadline - System.nanoTime();
        boolean interrupted = false;
        if (left > 0) {
            try {
                this.signal.await(seen, left);
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                interrupted = true;
            }
        }
        if (left <= 0 || interrupted) {
            throw new ApprovalRefusedException(
                    "Another answer to this request is being put on record. Look at it again in a minute.");
        }
    }

    private static @Nullable String reason(@Nullable String reason) {
        return (reason == null || reason.isBlank()) ? null : ShortText.of(reason.strip(), ApprovalAnswer.MAX_REASON);
    }

    @Override
    public Optional<ApprovalRequest> standing(ApprovalTerms terms) {
        return this.store.findLast(terms.call()).map(this.changes::settled).flatMap(last -> {
            ApprovalRequest current = last;
            if (!last.state().isFinal()) {
                boolean same = last.terms().circumstances().equals(terms.circumstances());
                if (same && !this.validity.isOver(last)) {
                    return Optional.of(last);
                }
                current = end(last, same ? ApprovalState.EXPIRED : ApprovalState.VOID);
            }
            return current.terms().circumstances().equals(terms.circumstances()) && this.validity.stillSpeaks(current)
                    ? Optional.of(current)
                    : Optional.empty();
        });
    }

    /** Ends a request, unless something else has become of it, or is about to; returns what has. */
    private ApprovalRequest end(ApprovalRequest request, ApprovalState end) {
        if (request.change() != null) {
            return request;
        }
        try {
            return this.changes.end(request, end).orElseGet(() -> this.changes.current(request.id()));
        } finally {
            this.signal.changed();
        }
    }

    @Override
    public ApprovalRequest open(AskedCall asked, ApprovalTerms terms) {
        ApprovalRequest request = new ApprovalRequest(
                this.ids.next(), asked, terms, this.validity.now(), ApprovalState.PENDING, List.of(), 0);
        RequestSize.require(request);
        this.openRequests.requireRoom(asked);
        return this.store.open(request);
    }

    @Override
    public void announce(ApprovalRequest opened) {
        try {
            this.record.requested(opened);
        } catch (RuntimeException | Error ex) {
            withdraw(opened);
            throw ex;
        }
        this.listener.requested(opened);
        // from now on it is known that people were told; where somebody has answered already, that says so, too
        this.store.replace(opened.become(ApprovalState.PENDING));
    }

    @Override
    public boolean isForgotten(ApprovalRequest pending) {
        return pending.state() == ApprovalState.PENDING && pending.version() == 0 && this.validity.isOld(pending);
    }

    @Override
    public void withdraw(ApprovalRequest opened) {
        ApprovalRequest current = opened;
        while (!current.state().isFinal() && !this.store.replace(current.become(ApprovalState.VOID))) {
            current = this.store.find(opened.id()).orElseGet(() -> opened.become(ApprovalState.VOID));
        }
        this.signal.changed();
    }

    @Override
    public boolean use(ApprovalRequest approved) {
        if (approved.state() != ApprovalState.APPROVED || approved.change() != null || this.validity.isOver(approved)) {
            return false;
        }
        if (isOnRecordAsOver(approved) || !this.store.replace(approved.become(ApprovalState.USED))) {
            return false;
        }
        // before the call, so that whoever puts an earlier version back lets no second one through
        this.record.used(approved);
        return true;
    }

    @Override
    public ApprovalRequest await(ApprovalRequest pending, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        ApprovalRequest known = pending;
        while (known.state() == ApprovalState.PENDING && !this.validity.isOver(known)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            long seen = this.signal.count();
            known = this.store.find(pending.id()).orElse(known.become(ApprovalState.VOID));
            if (known.state() == ApprovalState.PENDING) {
                this.signal.await(seen, left);
            }
        }
        return known;
    }

    @Override
    public int expire() {
        int ended = 0;
        RuntimeException failure = null;
        UUID after = null;
        List<ApprovalRequest> page;
        do {
            page = this.store.findOpen(after, ApprovalStore.MAX_LIMIT);
            for (ApprovalRequest request : page) {
                after = request.id();
                try {
                    ended += isEnded(request) ? 1 : 0;
                } catch (RuntimeException ex) {
                    // one that can't be ended must not keep the others open
                    failure = (failure != null) ? failure : ex;
                }
            }
        } while (!page.isEmpty());
        if (failure != null) {
            throw failure;
        }
        return ended;
    }

    private boolean isEnded(ApprovalRequest open) {
        ApprovalRequest request = this.changes.settled(open);
        if (!request.state().isFinal() && this.validity.isOver(request)) {
            request = end(request, ApprovalState.EXPIRED);
        }
        return request.state().isFinal();
    }
}
