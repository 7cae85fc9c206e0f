package cloud.enact.workflow;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.BuiltinType;
import cloud.enact.policy.builtin.LookBack;
import java.util.List;

/** Blocks an action that was called often enough within the window, whoever called it. */
public final class LimitCalls extends ArgumentPolicy {

    /** Its name in configuration. */
    public static final String NAME = "workflow.limit-calls";

    private static final String HARM = "An agent does in a minute more than people can look at in a day.";

    private static final String MAX = "max";

    private final long max;

    private final LookBack lookBack;

    private LimitCalls(PolicyParameters with) {
        super(NAME, "It was not called too often.");
        this.max = with.count(MAX);
        if (this.max == 0) {
            throw with.wrong(MAX, "is 0", "Allow at least one call, or don't offer the tool.");
        }
        this.lookBack = new LookBack(with, "1h");
    }

    /** How configuration gets one: {@code max} calls within {@code window}, an hour if nothing is said. */
    public static PolicyType type() {
        return new Type(new BuiltinType(NAME, HARM, List.of(MAX, LookBack.WINDOW), LimitCalls::new));
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        // only where somebody says on which actions
        return false;
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        String action = inputs.request().action();
        long before = this.lookBack.before(inputs).stream()
                .map(EarlierAction::action)
                .filter(action::equals)
                .count();
        return (before < this.max)
                ? pass()
                : block("It was called " + before + " times within " + this.lookBack + ", and at most " + this.max
                        + " are allowed. Wait, or ask a person to do it.");
    }

    /** Without actions it would limit nothing, and nobody would notice. */
    private record Type(PolicyType limit) implements PolicyType {

        @Override
        public String name() {
            return this.limit.name();
        }

        @Override
        public String harm() {
            return this.limit.harm();
        }

        @Override
        public List<String> parameters() {
            return this.limit.parameters();
        }

        @Override
        public boolean bounded() {
            return this.limit.bounded();
        }

        @Override
        public boolean needsActions() {
            return true;
        }

        @Override
        public ActionPolicy create(PolicyParameters with) {
            return this.limit.create(with);
        }
    }
}
