package cloud.enact.approval;

import cloud.enact.action.IdGenerator;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has things become of requests in three steps, each of which may be the last one of this process: what is about to
 * become of it is kept, then put on record, then it counts. While it is kept and does not count, the request can't be
 * used and nothing else can become of it. What was left behind counts once it is found on record, and otherwise is
 * forgotten. Thread-safe.
 */
final class RecordedChanges {

    private final ApprovalStore store;

    private final ApprovalRecord record;

    private final ApprovalListener listener;

    private final IdGenerator ids;

    private final Validity validity;

    RecordedChanges(
            ApprovalStore store, ApprovalRecord record, ApprovalListener listener, IdGenerator ids, Validity validity) {
        this.store = store;
        this.record = record;
        this.listener = listener;
        this.ids = ids;
        this.validity = validity;
    }

    /**
     * Counts an answer.
     *
     * @param request of which nothing else is about to become
     * @return empty when something else has become of the request
     * @throws ApprovalRefusedException when it took so long that something else became of the request meanwhile
     */
    Optional<ApprovalRequest> answer(ApprovalRequest request, ApprovalAnswer answer) {
        return make(request, request.after(answer), answer);
    }

    /** Ends a request; empty when something else has become of it. */
    Optional<ApprovalRequest> end(ApprovalRequest request, ApprovalState end) {
        return make(request, end, null);
    }

    private Optional<ApprovalRequest> make(
            ApprovalRequest request, ApprovalState next, @Nullable ApprovalAnswer answer) {
        ApprovalChange change = new ApprovalChange(this.ids.next(), this.validity.now(), next, answer);
        ApprovalRequest about = request.about(change);
        if (!this.store.replace(about)) {
            return Optional.empty();
        }
        this.record.changed(about, change);
        if (answer != null) {
            this.listener.answered(about, answer);
        } else {
            this.listener.ended(about, next);
        }
        ApprovalRequest counted = count(about, change);
        if (answer == null) {
            if (counted.state() != next) {
                this.record.overtaken(about, change);
            }
        } else if (!counted.answers().contains(answer)) {
            this.record.overtaken(about, change);
            throw new ApprovalRefusedException(
                    "It took too long to put your answer on record, and it does not count. Look at the request again.");
        }
        return Optional.of(counted);
    }

    /** The request as it is after a change that is on record; it may have been forgotten meanwhile. */
    private ApprovalRequest count(ApprovalRequest about, ApprovalChange change) {
        ApprovalRequest known = about;
        while (change.equals(known.change())) {
            ApprovalRequest counted = known.changed(change);
            if (this.store.replace(counted)) {
                return counted;
            }
            known = current(about.id());
        }
        return known;
    }

    /**
     * A request of which nothing is about to become, unless somebody is at it at this moment.
     *
     * @param request as it was found
     */
    ApprovalRequest settled(ApprovalRequest request) {
        ApprovalChange change = request.change();
        if (change == null) {
            return request;
        }
        if (this.record.holds(request, change)) {
            return count(request, change);
        }
        if (!this.validity.isLeftBehind(change)) {
            return request;
        }
        ApprovalRequest forgotten = request.unchanged();
        return this.store.replace(forgotten) ? forgotten : current(request.id());
    }

    /**
     * A request as it is now.
     *
     * @throws ApprovalRefusedException when there is none
     */
    ApprovalRequest current(UUID id) {
        return this.store
                .find(id)
                .orElseThrow(() -> new ApprovalRefusedException("There is no such request for approval."));
    }
}
