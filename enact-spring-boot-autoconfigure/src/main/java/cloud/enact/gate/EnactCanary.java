package cloud.enact.gate;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.ActionRequest;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.Verdict;
import java.util.List;

/** A governed bean whose method must never run: start-up calls it to see that the gate is closed. */
class EnactCanary {

    /** Name of the action and of the policy that stops it. */
    static final String NAME = "enact.canary";

    /** Must be stopped at the gate. */
    @EnactAction(NAME)
    @Policy(NAME)
    public String sing() {
        return "sung";
    }

    /** The policy that stops the canary. */
    static final class CanaryPolicyType implements PolicyType {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String harm() {
            return "A gate that looks closed and is not.";
        }

        @Override
        public List<String> parameters() {
            return List.of();
        }

        @Override
        public ActionPolicy create(PolicyParameters with) {
            return new ActionPolicy() {

                @Override
                public String name() {
                    return NAME;
                }

                @Override
                public Verdict judge(ActionRequest request) {
                    return Verdict.block(NAME, "The start-up check must be stopped here.");
                }
            };
        }
    }
}
