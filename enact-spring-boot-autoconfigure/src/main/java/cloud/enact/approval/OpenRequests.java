package cloud.enact.approval;

import cloud.enact.action.Actor;
import java.util.List;
import java.util.UUID;

/** How many requests may be open, so that nobody floods people, or a store, with questions. */
final class OpenRequests {

    /** Questions of one requester. */
    static final int MOST_OF_ONE = 50;

    /** Questions of all. */
    static final int MOST = 1000;

    private final ApprovalStore store;

    OpenRequests(ApprovalStore store) {
        this.store = store;
    }

    /**
     * Lets another one be asked.
     *
     * @throws TooManyApprovalsException when there are too many
     */
    void requireRoom(Actor requester) {
        if (this.store.countOpen(MOST_OF_ONE) < MOST_OF_ONE) {
            return;
        }
        int all = 0;
        int own = 0;
        UUID after = null;
        List<ApprovalRequest> page;
        do {
            page = this.store.findOpen(after, ApprovalStore.MAX_LIMIT);
            for (ApprovalRequest request : page) {
                after = request.id();
                all++;
                if (request.asked().requester().id().equals(requester.id())) {
                    own++;
                }
            }
        } while (!page.isEmpty() && all < MOST);
        if (own >= MOST_OF_ONE) {
            throw new TooManyApprovalsException(MOST_OF_ONE + " calls of the same requester wait for people already, so"
                    + " they are not asked about another one. Wait until some have been answered.");
        }
        if (all >= MOST) {
            throw new TooManyApprovalsException(MOST + " calls wait for people already, so they are not asked about"
                    + " another one. Ask the operator to have some of them answered.");
        }
    }
}
