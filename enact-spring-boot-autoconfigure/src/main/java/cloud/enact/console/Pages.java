package cloud.enact.console;

import cloud.enact.approval.ApprovalService;
import cloud.enact.policy.PolicySet;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which address leads to which page. Thread-safe. */
final class Pages {

    private final ReceiptsPage receipts;

    private final RunPage run;

    private final RollbackPage rollback;

    private final @Nullable ApprovalsPage approvals;

    private final @Nullable PoliciesPage policies;

    private final IntegrityPage integrity;

    private final ActionBadge badge;

    Pages(ConsoleSources sources, Set<String> roles, Frame frame, Clock clock) {
        this.receipts = new ReceiptsPage(sources, frame);
        this.run = new RunPage(sources, frame);
        this.rollback = new RollbackPage(sources, roles, frame);
        ApprovalService approvals = sources.approvals();
        this.approvals = (approvals != null) ? new ApprovalsPage(approvals, frame) : null;
        PolicySet policies = sources.policies();
        this.policies = (policies != null) ? new PoliciesPage(sources, policies, frame, clock) : null;
        this.integrity = new IntegrityPage(sources, frame);
        this.badge = new ActionBadge(sources.store());
    }

    /** A page to look at. */
    Reply show(PageRequest request) {
        ApprovalsPage approvals = this.approvals;
        PoliciesPage policies = this.policies;
        String page = request.segment(0);
        if (request.path().isEmpty()) {
            return Reply.redirect(request.base() + "/receipts");
        }
        if (request.path().size() == 1) {
            if (page.equals("receipts")) {
                return this.receipts.answer(request);
            }
            if (page.equals("integrity")) {
                return this.integrity.answer(request);
            }
            if (page.equals("approvals") && approvals != null) {
                return approvals.answer(request);
            }
            if (page.equals("policies") && policies != null) {
                return policies.answer(request);
            }
        }
        if (page.equals("badge") && request.path().size() == 2) {
            return this.badge.answer(request);
        }
        if (page.equals("runs")) {
            return showRun(request);
        }
        throw ConsoleException.notFound();
    }

    private Reply showRun(PageRequest request) {
        if (request.path().size() == 2) {
            return this.run.answer(request, false);
        }
        if (request.path().size() == 3) {
            switch (request.segment(2)) {
                case "verify" -> {
                    return this.run.answer(request, true);
                }
                case "raw" -> {
                    return this.run.raw(request);
                }
                case "rollback" -> {
                    return this.rollback.preview(request);
                }
                default -> throw ConsoleException.notFound();
            }
        }
        throw ConsoleException.notFound();
    }

    /** A form that changes something, of somebody who may. */
    Reply change(PageRequest request) {
        ApprovalsPage approvals = this.approvals;
        PoliciesPage policies = this.policies;
        int segments = request.path().size();
        String page = request.segment(0);
        if (page.equals("approvals") && segments == 2 && approvals != null) {
            return approvals.decide(request);
        }
        if (page.equals("policies") && segments == 1 && policies != null) {
            return policies.replay(request);
        }
        if (page.equals("runs") && segments == 3 && request.segment(2).equals("rollback")) {
            return this.rollback.rollback(request);
        }
        if (page.equals("runs") && segments == 3 && request.segment(2).equals("reconcile")) {
            return this.rollback.reconcile(request);
        }
        throw ConsoleException.notFound();
    }
}
