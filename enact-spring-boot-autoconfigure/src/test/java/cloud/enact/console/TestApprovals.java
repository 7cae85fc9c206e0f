package cloud.enact.console;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.approval.ApprovalNotes;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.ApprovalTerms;
import cloud.enact.approval.Approver;
import cloud.enact.approval.AskedCall;
import cloud.enact.approval.SmallApprovals;
import cloud.enact.policy.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Requests that pages show and answer: anybody but the requester may. */
final class TestApprovals extends SmallApprovals {

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    TestApprovals() {
        super(ApprovalStore.inMemory(), Clock.systemUTC());
    }

    UUID ask(String action, String requester, String text) {
        return ask(action, requester, text, Map.of(text, text));
    }

    UUID ask(String action, String requester, String text, Map<String, ?> args) {
        Instant now = Clock.systemUTC().instant();
        UUID id = this.ids.next();
        this.store.open(new ApprovalRequest(
                id,
                new AskedCall(
                        new RunId(this.ids.next()),
                        this.ids.next(),
                        action,
                        new Actor(requester, Set.of(), Map.of(), text, text, "caller"),
                        null,
                        Arguments.freeze(args),
                        List.of(Verdict.ask(text, text)),
                        new ActionEffect(Map.of(text, 3L), List.of()),
                        Reversibility.IRREVERSIBLE),
                new ApprovalTerms(id.toString(), "circumstances", now.plus(Duration.ofHours(1)), 1, Set.of(text)),
                now,
                ApprovalState.PENDING,
                List.of(),
                0));
        return id;
    }

    void note(UUID id, String sentence) {
        ApprovalNotes.onRequests(this.store).note(id, sentence);
    }

    @Override
    protected void requireGroup(ApprovalRequest request, Approver approver) {
        // groups are there to be shown
    }
}
