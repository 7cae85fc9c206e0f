package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What policies say of a step.
 *
 * @param request the step
 * @param decision what they say of it, and of its action now that its effect is known
 * @param asks verdicts behind an ASK that people have not answered with the action
 */
record StepJudgement(ActionRequest request, Decision decision, List<Verdict> asks) {

    /**
     * Leaves out what people have approved with the action: what is asked about another step inside of it is a question
     * of its own, even where the same policy asks it in the same words.
     *
     * @param own what policies say of the step itself
     * @param shown whether the step is what its action is called, with the arguments that people were shown
     */
    static StepJudgement of(ActionRequest request, Decision decision, Decision own, boolean shown, ActionScope scope) {
        List<Verdict> asks = Question.asks(decision).stream()
                .filter(ask ->
                        !scope.isApproved(ask) || !shown && own.verdicts().contains(ask))
                .toList();
        return new StepJudgement(request, decision, asks);
    }

    /** Whether people have to be asked, and nothing else stops the step. */
    boolean isAsked() {
        return Question.isAsked(this.decision);
    }

    /** Whether people have said yes to all of it. */
    boolean isAnswered() {
        return isAsked() && this.asks.isEmpty();
    }

    /** The question to people. Nobody waits for the answer inside an action, which may hold locks. */
    Question question(ActionScope scope, @Nullable Object found) {
        return new Question(
                this.request,
                this.decision,
                this.asks,
                scope.conversation(),
                scope.request().action(),
                () -> found,
                null,
                false,
                null);
    }
}
