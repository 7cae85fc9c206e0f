package cloud.enact.gate;

import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What becomes of an ASK where nobody can be asked. */
final class Unapproved {

    private Unapproved() {}

    /** An ASK becomes a BLOCK that says so; any other decision stays as it is. */
    static Decision asBlock(Decision decision, EnactMode mode) {
        if (decision.effect() != Effect.ASK) {
            return decision;
        }
        List<Verdict> verdicts = new ArrayList<>(decision.verdicts());
        verdicts.add(new Verdict(
                VerdictNames.APPROVAL,
                Effect.BLOCK,
                "A person would have to approve this call, and nobody can be asked about it. "
                        + String.join(" ", decision.reasons()),
                decision.stops() ? EnactMode.ENFORCE : null));
        return Decision.of(verdicts, mode, decision.policySet());
    }
}
