package cloud.enact.approval;

import java.util.List;
import java.util.UUID;

/** Lets another request be opened, unless there are too many. */
final class OpenRequests {

    private final ApprovalStore store;

    private final OpenLimits limits;

    OpenRequests(ApprovalStore store, OpenLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * Lets another one be asked.
     *
     * @throws TooManyApprovalsException when there are too many
     */
    void requireRoom(AskedCall call) {
        if (this.store.countOpen(this.limits.least()) < this.limits.least()) {
            return;
        }
        int all = 0;
        int ofRequester = 0;
        int ofRun = 0;
        UUID after = null;
        List<ApprovalRequest> page;
        do {
            page = this.store.findOpen(after, ApprovalStore.MAX_LIMIT);
            for (ApprovalRequest request : page) {
                after = request.id();
                all++;
                boolean own =
                        request.asked().requester().id().equals(call.requester().id());
                ofRequester += own ? 1 : 0;
                ofRun += own && request.asked().runId().equals(call.runId()) ? 1 : 0;
            }
        } while (!page.isEmpty() && all < this.limits.ofAll());
        requireFewer(ofRequester, this.limits.ofOneRequester(), "the same requester");
        requireFewer(ofRun, this.limits.ofOneRun(), "the same run");
        if (all >= this.limits.ofAll()) {
            throw new TooManyApprovalsException(
                    this.limits.ofAll() + " calls wait for people already, so they are not asked about"
                            + " another one. Ask the operator to have some of them answered.");
        }
    }

    private static void requireFewer(int open, int most, String whose) {
        if (open >= most) {
            throw new TooManyApprovalsException(most + " calls of " + whose + " wait for people already, so"
                    + " they are not asked about another one. Wait until some have been answered.");
        }
    }
}
