package cloud.enact.policy;

import cloud.enact.action.ActionPattern;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** A policy at its place in the set: where it holds, in which mode, and under which limit. It never throws. */
final class BoundPolicy {

    private static final Log logger = LogFactory.getLog(BoundPolicy.class);

    private static final int LONGEST_REASON = 4000;

    private final String name;

    private final ActionPolicy policy;

    private final List<ActionPattern> patterns;

    private final boolean exact;

    private final @Nullable EnactMode mode;

    private final @Nullable Quorum quorum;

    private final @Nullable TimeLimit limit;

    private final boolean limitedWhenLarge;

    private final String canonical;

    private final AtomicLong failures = new AtomicLong();

    /**
     * Creates the place of a policy.
     *
     * @param patterns the actions it holds for; empty for all
     * @param exact whether it was attached to exactly the actions it holds for
     * @param mode its own mode, or {@code null}
     * @param quorum who has to approve when it asks, or {@code null} for anybody
     * @param limit the time limit it runs under, or {@code null} when its work is bounded anyway
     * @param limitedWhenLarge whether the limit is for large arguments only: small ones bound the work themselves, and
     *     stay on the caller's thread
     * @param canonical text that tells it from any other policy
     */
    BoundPolicy(
            String name,
            ActionPolicy policy,
            List<ActionPattern> patterns,
            boolean exact,
            @Nullable EnactMode mode,
            @Nullable Quorum quorum,
            @Nullable TimeLimit limit,
            boolean limitedWhenLarge,
            String canonical) {
        this.name = name;
        this.policy = policy;
        this.patterns = patterns;
        this.exact = exact;
        this.mode = mode;
        this.quorum = quorum;
        this.limit = limit;
        this.limitedWhenLarge = limitedWhenLarge;
        this.canonical = canonical;
    }

    String name() {
        return this.name;
    }

    String canonical() {
        return this.canonical;
    }

    EffectivePolicy describe() {
        return new EffectivePolicy(
                this.name, this.patterns.stream().map(ActionPattern::text).toList(), this.mode);
    }

    /** How often the policy could not judge. */
    long failures() {
        return this.failures.get();
    }

    /** Whether it is enforced whatever the mode of the application. */
    boolean isEnforced() {
        return this.mode == EnactMode.ENFORCE;
    }

    /** Whether its work is bounded by the way it is made, as that of the policies that Enact brings along. */
    boolean isBounded() {
        return this.limit == null;
    }

    boolean runs(BoundPolicy other) {
        return this.policy == other.policy;
    }

    boolean holdsFor(String action) {
        if (this.patterns.isEmpty()) {
            return true;
        }
        for (ActionPattern pattern : this.patterns) {
            if (pattern.matches(action)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it holds for the action by a pattern that begins with the action's system. */
    boolean names(String action) {
        String system = action.substring(0, action.indexOf('.') + 1);
        return this.patterns.stream().anyMatch(pattern -> pattern.text().startsWith(system) && pattern.matches(action));
    }

    /** Judges, whatever the policy does. */
    Verdict judge(PolicyInputs inputs) {
        try {
            return stamped((this.limit != null && isLimited(inputs)) ? this.limit.judge(this, inputs) : ask(inputs));
        } catch (Throwable failure) {
            // also what no policy should throw: a missing class, a stack overflow, exhausted memory
            return failed(failure);
        }
    }

    private boolean isLimited(PolicyInputs inputs) {
        return !this.limitedWhenLarge || inputs.areLarge();
    }

    /** Runs the policy itself; throws what it throws. */
    @Nullable
    Verdict ask(PolicyInputs inputs) {
        return (this.policy instanceof InputPolicy input)
                ? input.judge(this.exact ? inputs.asNamed() : inputs)
                : this.policy.judge(inputs.request());
    }

    private Verdict stamped(@Nullable Verdict verdict) {
        if (verdict == null || verdict.effect() == null || verdict.reason() == null) {
            noteFailure("gave no verdict");
            return block("It gave no verdict, so the action is blocked. Whoever maintains the policy must correct it.");
        }
        String reason = verdict.reason();
        boolean stops = verdict.effect().compareTo(Effect.ASK) >= 0;
        if (stops && reason.isBlank()) {
            reason = "It gave no reason. Ask whoever maintains the policy.";
        } else if (reason.length() > LONGEST_REASON) {
            // between words: half a credential is none that anybody finds to mask it
            reason = reason.substring(0, Math.max(0, reason.lastIndexOf(' ', LONGEST_REASON))) + "…";
        }
        if (this.quorum != null && verdict.effect() == Effect.ASK) {
            return new Verdict(this.name, Effect.ASK, reason, this.mode, this.quorum);
        }
        if (verdict.mode() == this.mode && reason.equals(verdict.reason()) && this.name.equals(verdict.policy())) {
            return verdict;
        }
        return new Verdict(this.name, verdict.effect(), reason, this.mode);
    }

    private Verdict failed(Throwable failure) {
        noteFailure("failed with " + failure.getClass().getName());
        if (failure instanceof PolicyTimeoutException timeout) {
            return block(timeout.reason());
        }
        if (logger.isDebugEnabled()) {
            logger.debug("Policy '" + this.name + "' failed", failure);
        }
        return block("It failed with " + failure.getClass().getName()
                + ", so the action is blocked. Whoever maintains the policy finds the rest in the debug log.");
    }

    /** Once, because a policy that fails does so at every call; while observing nothing else shows it. */
    private void noteFailure(String how) {
        if (this.failures.getAndIncrement() == 0) {
            logger.error("Policy '" + this.name + "' " + how
                    + ", which blocks calls, or would if enforced. It is told once; at DEBUG there is more");
        }
    }

    private Verdict block(String reason) {
        return new Verdict(this.name, Effect.BLOCK, reason, this.mode);
    }
}
