package cloud.enact.approval;

import cloud.enact.action.Actor;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Stream;

/** Who can answer which request. */
final class Eligibility {

    private final ApprovalAliases aliases;

    Eligibility(ApprovalAliases aliases) {
        this.aliases = aliases;
    }

    /**
     * Lets a person answer.
     *
     * @throws ApprovalRefusedException when this person can't, or nobody can any more
     */
    void require(ApprovalRequest request, Approver approver) {
        switch (request.state()) {
            case PENDING -> {}
            case APPROVED, USED -> throw new ApprovalRefusedException("This request has been approved already.");
            case DENIED -> throw new ApprovalRefusedException("This request has been denied already.");
            case EXPIRED ->
                throw new ApprovalRefusedException("This request has expired. Whoever asked has to ask again.");
            case VOID ->
                throw new ApprovalRefusedException(
                        "What this request was about has changed, so it is void. Whoever asked has to ask again.");
        }
        if (isRequester(request.asked().requester(), approver.id())) {
            throw new ApprovalRefusedException(
                    "Whoever asks for something can't approve or deny it. Somebody else has to answer.");
        }
        if (request.answers().stream().anyMatch(answer -> this.aliases.areSame(answer.approver(), approver.id()))) {
            throw new ApprovalRefusedException("You have answered this request already. Somebody else has to.");
        }
        if (!request.terms().groups().isEmpty()
                && Collections.disjoint(request.terms().groups(), approver.groups())) {
            throw new ApprovalRefusedException(
                    "Only certain groups can answer this request, and you are in none of them.");
        }
    }

    /** Whether a name is one of those that the requester goes by. */
    private boolean isRequester(Actor requester, String approver) {
        return Stream.of(requester.id(), requester.onBehalfOf(), requester.agent())
                .filter(Objects::nonNull)
                .anyMatch(name -> this.aliases.areSame(name, approver));
    }
}
