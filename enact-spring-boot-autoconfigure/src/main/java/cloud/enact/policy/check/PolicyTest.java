package cloud.enact.policy.check;

import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One test of a test file: a call, and what the policies must say about it. */
public final class PolicyTest {

    private final String name;

    private final PolicySet policies;

    private final PolicyCall call;

    private final Expectation expectation;

    PolicyTest(String name, PolicySet policies, PolicyCall call, Expectation expectation) {
        this.name = name;
        this.policies = policies;
        this.call = call;
        this.expectation = expectation;
    }

    /** What the file calls it, with the file in front. */
    public String name() {
        return this.name;
    }

    /**
     * Asks the policies.
     *
     * @throws AssertionError when they say something else
     */
    public void run() {
        Decision decision = this.policies.decide(this.call.request(), this.call.history());
        if (decision.effect() != this.expectation.effect()) {
            throw failure(
                    "the decision must be " + this.expectation.effect() + ", but is " + decision.effect(), decision);
        }
        if (decision.verdicts().stream().noneMatch(this.expectation::isMetBy)
                && !this.expectation.isOnlyAboutEffect()) {
            throw failure("no policy decided so " + this.expectation.wanted(), decision);
        }
    }

    private AssertionError failure(String what, Decision decision) {
        String verdicts = decision.verdicts().stream()
                .filter(verdict -> verdict.effect() != Effect.ABSTAIN)
                .map(verdict -> "\n  " + verdict.effect() + " " + verdict.policy() + ": " + verdict.reason())
                .collect(Collectors.joining());
        return new AssertionError(this.name + ": " + what
                + (verdicts.isEmpty() ? ". No policy has anything to say" : ". What the policies say:" + verdicts));
    }

    /**
     * What must be said.
     *
     * @param effect the decision
     * @param policy a policy that must say so, or {@code null} for any
     * @param reason part of its reason, or {@code null} for any
     */
    record Expectation(
            Effect effect,
            @Nullable String policy,
            @Nullable String reason) {

        boolean isOnlyAboutEffect() {
            return this.policy == null && this.reason == null;
        }

        boolean isMetBy(Verdict verdict) {
            return verdict.effect() == this.effect
                    && (this.policy == null || this.policy.equals(verdict.policy()))
                    && (this.reason == null || verdict.reason().contains(this.reason));
        }

        String wanted() {
            return ((this.policy != null) ? "under the name '" + this.policy + "'" : "")
                    + ((this.policy != null && this.reason != null) ? " " : "")
                    + ((this.reason != null) ? "with '" + this.reason + "' in its reason" : "");
        }
    }
}
