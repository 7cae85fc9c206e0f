package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyDecisionPoint;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.FailureLog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A decision point that answers whatever happens, also where the one behind it fails. */
final class FailClosed {

    private static final FailureLog failures = new FailureLog(FailClosed.class);

    private final PolicyDecisionPoint policies;

    private final EnactMode mode;

    FailClosed(PolicyDecisionPoint policies, EnactMode mode) {
        this.policies = policies;
        this.mode = mode;
    }

    /** The decision on a request. */
    Decision decide(ActionRequest request) {
        return verdicts(request, this.policies::decide);
    }

    /** The decision of the policies that name what Enact is about to do itself, which nobody is asked about. */
    Decision decideNamed(ActionRequest request) {
        return Unapproved.asBlock(verdicts(request, this.policies::decideNamed), this.mode);
    }

    /**
     * The decision on a step whose effect is known. Only now the policies of the action it belongs to can see how much
     * that changes, so they are asked again.
     *
     * @param step what the policies say of the step itself
     */
    Decision decide(Decision step, ActionRequest action) {
        Set<Verdict> verdicts = new LinkedHashSet<>(step.verdicts());
        verdicts.addAll(decide(action).verdicts());
        return Decision.of(List.copyOf(verdicts), this.mode, step.policySet());
    }

    /**
     * The decision on a call that its door already objects to.
     *
     * @param objections what the door says
     * @param judgeable whether there is anything policies could look at
     */
    Decision decide(ActionRequest request, List<Verdict> objections, boolean judgeable) {
        if (objections.isEmpty()) {
            return decide(request);
        }
        List<Verdict> verdicts = new ArrayList<>(objections);
        boolean lookedBack = false;
        if (judgeable) {
            Decision judged = decide(request);
            lookedBack = judged.lookedBack();
            verdicts.addAll(judged.verdicts());
        } else if (this.policies.enforces(request.action())) {
            verdicts.add(new Verdict(
                    VerdictNames.GATE,
                    Effect.BLOCK,
                    "A policy that is enforced here can't judge such a call, so it may not run.",
                    EnactMode.ENFORCE));
        }
        Decision decision = Decision.of(verdicts, this.mode, this.policies.policySet());
        return lookedBack ? decision.lookingBack() : decision;
    }

    private Decision verdicts(ActionRequest request, Function<ActionRequest, Decision> decide) {
        try {
            return decide.apply(request);
        } catch (Throwable ex) {
            // the decision point answers for its policies; this is for one that does not
            failures.error("The decision point failed on action " + request.action(), ex);
            Verdict verdict = Verdict.block(
                    VerdictNames.GATE,
                    "The decision point failed, so nothing may run. Ask the operator to look at its log.");
            return Decision.of(List.of(verdict), this.mode, this.policies.policySet());
        }
    }

    /** The decision with one more objection, which holds whatever the mode. */
    Decision against(Decision decision, String policy, String reason) {
        List<Verdict> verdicts = new ArrayList<>(decision.verdicts());
        verdicts.add(new Verdict(policy, Effect.BLOCK, reason, EnactMode.ENFORCE));
        return Decision.of(verdicts, this.mode, decision.policySet());
    }

    /** The decision on something that can't be put on record. */
    Decision unrecorded(Decision decision) {
        return against(
                decision,
                VerdictNames.RECEIPTS,
                "The decision can't be recorded, so nothing may run. Ask the operator to look at the receipt store.");
    }
}
