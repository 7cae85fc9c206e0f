package cloud.enact.policy;

import java.util.List;

/**
 * All verdicts on a request and the strictest of them.
 *
 * @param effect {@code PASS}, {@code ASK} or {@code BLOCK}: what enforcing the policies says, even while observing
 * @param enforced {@code PASS}, {@code ASK} or {@code BLOCK}: what holds for this call; weaker than {@code effect}
 *     while observing
 * @param verdicts every verdict, in the order of the policies
 * @param policySet digest of the effective policy set, {@code sha256:…}
 * @param lookedBack whether a policy looked at what happened before, so that the decision holds only as long as nothing
 *     else happens
 */
public record Decision(Effect effect, Effect enforced, List<Verdict> verdicts, String policySet, boolean lookedBack) {

    public Decision {
        if (effect == Effect.ABSTAIN || enforced == Effect.ABSTAIN) {
            throw new IllegalArgumentException("A decision is PASS, ASK or BLOCK");
        }
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Adds the verdicts up: the strictest wins; none, or only ABSTAIN, is PASS. A policy that is observed on its own
     * never counts; one that is enforced on its own counts even while the application observes.
     */
    public static Decision of(List<Verdict> verdicts, EnactMode mode, String policySet) {
        Effect effect = Effect.PASS;
        Effect enforced = Effect.PASS;
        for (Verdict verdict : verdicts) {
            if (verdict.mode() == EnactMode.OBSERVE) {
                continue;
            }
            effect = effect.or(verdict.effect());
            if (verdict.mode() == EnactMode.ENFORCE || mode == EnactMode.ENFORCE) {
                enforced = enforced.or(verdict.effect());
            }
        }
        return new Decision(effect, enforced, verdicts, policySet, false);
    }

    /** The same decision, which holds only as long as nothing else happens. */
    public Decision lookingBack() {
        return lookingBack(true);
    }

    /** The same decision, saying whether a policy looked back. */
    Decision lookingBack(boolean lookedBack) {
        return new Decision(this.effect, this.enforced, this.verdicts, this.policySet, lookedBack);
    }

    /**
     * The same verdicts, after people approved what they ask for.
     *
     * @throws IllegalStateException when something else than that stops the call
     */
    public Decision approved() {
        if (this.effect != Effect.ASK) {
            throw new IllegalStateException("Only an ASK can be approved");
        }
        return new Decision(Effect.PASS, Effect.PASS, this.verdicts, this.policySet, this.lookedBack);
    }

    /** Whether the call must not run as it is. */
    public boolean stops() {
        return this.enforced != Effect.PASS;
    }

    /** The reasons behind an ASK or BLOCK, each with its policy's name in front; empty for PASS. */
    public List<String> reasons() {
        return this.verdicts.stream()
                .filter(verdict -> verdict.mode() != EnactMode.OBSERVE && verdict.effect() == this.effect)
                .filter(verdict -> verdict.effect() != Effect.PASS)
                .map(verdict -> verdict.policy() + ": " + verdict.reason())
                .toList();
    }
}
