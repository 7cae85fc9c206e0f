package cloud.enact.gate;

import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalDesk;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalTerms;
import cloud.enact.approval.TooLargeToAskException;
import cloud.enact.approval.TooManyApprovalsException;
import cloud.enact.policy.Decision;
import cloud.enact.undo.FailureLog;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** Asks people, and lets a call through that they approved: what goes wrong on the way stops it. */
final class AskedPeople implements Consents {

    private static final FailureLog failures = new FailureLog(AskedPeople.class);

    private final ApprovalDesk desk;

    private final Questions questions;

    private final FailClosed decisions;

    private final TransactionBoundary transactions;

    private final ApprovalSettings settings;

    AskedPeople(
            ApprovalDesk desk,
            Questions questions,
            FailClosed decisions,
            TransactionBoundary transactions,
            ApprovalSettings settings) {
        this.desk = desk;
        this.questions = questions;
        this.decisions = decisions;
        this.transactions = transactions;
        this.settings = settings;
    }

    @Override
    public boolean areReachable() {
        return true;
    }

    @Override
    public Consent on(Question question) {
        Decision decision = question.decision();
        if (!Question.isAsked(decision)) {
            return Consent.of(decision);
        }
        try {
            return asked(question);
        } catch (QuorumException | TooManyApprovalsException | TooLargeToAskException ex) {
            return blocked(decision, String.valueOf(ex.getMessage()));
        } catch (RuntimeException | LinkageError ex) {
            return failed(decision, question.request().action(), ex);
        }
    }

    private Consent asked(Question question) {
        Decision decision = question.decision();
        ApprovalTerms terms = this.questions.terms(question);
        Optional<ApprovalRequest> standing = this.desk.standing(terms).or(() -> refused(question.awaited(), terms));
        if (standing.isPresent()) {
            ApprovalRequest request = standing.get();
            switch (request.state()) {
                case APPROVED -> {
                    return new Consent(decision.approved(), request, false);
                }
                case DENIED -> {
                    return blocked(decision, denial(request));
                }
                case EXPIRED -> {
                    return blocked(
                            decision,
                            "Nobody approved this call in time (ticket " + request.id()
                                    + "), so it may not run. Do not repeat it; tell the user.");
                }
                default -> {}
            }
        }
        String obstacle = obstacle(question);
        if (obstacle != null) {
            return blocked(decision, obstacle);
        }
        if (standing.isPresent()) {
            return new Consent(decision, standing.get(), this.desk.isForgotten(standing.get()));
        }
        ApprovalRequest opened = this.desk.open(this.questions.asked(question), terms);
        boolean own = opened.asked().actionId().equals(question.request().actionId());
        return new Consent(decision, opened, own);
    }

    /** The no that a call has waited for. However late it is noticed, nobody is asked again. */
    private Optional<ApprovalRequest> refused(@Nullable ApprovalRequest awaited, ApprovalTerms terms) {
        if (awaited == null || !awaited.terms().circumstances().equals(terms.circumstances())) {
            return Optional.empty();
        }
        return this.desk
                .find(awaited.id())
                .filter(now -> now.state() == ApprovalState.DENIED || now.state() == ApprovalState.EXPIRED);
    }

    private static String denial(ApprovalRequest request) {
        ApprovalAnswer answer = request.answers().get(request.answers().size() - 1);
        String why = (answer.reason() != null) ? ": " + answer.reason() : " and gave no reason";
        return answer.approver() + " denied this call" + why + " (ticket " + request.id()
                + "). Do not repeat it; tell the user.";
    }

    /** Why the caller can't be kept waiting; {@code null} when it can, or needn't. */
    private @Nullable String obstacle(Question question) {
        if (!question.waits() || patience(question.wish()).isZero()) {
            return null;
        }
        if (this.transactions.active()) {
            return "This call would have to wait for a person inside a database transaction, which would hold its locks"
                    + " and its connection all the time. Call it outside of the transaction, or set"
                    + " enact.approval.mode=defer.";
        }
        if (Schedulers.isInNonBlockingThread()) {
            return "This call would have to wait for a person on a thread that must not block. Call it on another one,"
                    + " or set enact.approval.mode=defer.";
        }
        return null;
    }

    @Override
    public Consent use(Consent approved) {
        ApprovalRequest request = approved.request();
        if (request == null || !approved.isApproved()) {
            return approved;
        }
        try {
            return this.desk.use(request)
                    ? approved
                    : blocked(
                            approved.decision(),
                            "The approval (ticket " + request.id() + ") has been used for another call of this kind, or"
                                    + " has ended. Repeat the call to ask again.");
        } catch (RuntimeException | LinkageError ex) {
            return failed(approved.decision(), request.asked().action(), ex);
        }
    }

    @Override
    public Consent tell(Consent pending, boolean recorded) {
        ApprovalRequest request = pending.request();
        if (request == null || !pending.fresh()) {
            return pending;
        }
        try {
            if (recorded) {
                this.desk.announce(request);
            } else {
                this.desk.withdraw(request);
            }
            return pending;
        } catch (RuntimeException | LinkageError ex) {
            return failed(pending.decision(), request.asked().action(), ex);
        }
    }

    @Override
    public Duration patience(@Nullable ApprovalWish wish) {
        if (wish != null) {
            return wish.timeout();
        }
        return (this.settings.mode() == ApprovalMode.WAIT) ? this.settings.maxWait() : Duration.ZERO;
    }

    @Override
    public boolean await(ApprovalRequest pending, Duration atMost) {
        if (atMost.isZero()) {
            return false;
        }
        try {
            this.desk.await(pending, atMost);
            return true;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException ex) {
            failures.error("The answer to a request for approval can't be waited for", ex);
            return false;
        }
    }

    private Consent failed(Decision decision, String action, Throwable failure) {
        failures.error("People could not be asked about action " + action, failure);
        return blocked(
                decision,
                "People can't be asked at this moment, so the call was not executed. Ask the operator to look at the"
                        + " store of approvals and the receipt store.");
    }

    private Consent blocked(Decision decision, String reason) {
        return Consent.of(this.decisions.against(decision, VerdictNames.APPROVAL, reason));
    }
}
