package cloud.enact.policy.builtin;

import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.policy.InputPolicy;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;

/** A policy that judges by the arguments of a call. What it can't look at entirely, it blocks. */
public abstract class ArgumentPolicy implements InputPolicy {

    private static final int LONGEST_QUOTE = 80;

    /** Characters beyond the longest credential that may begin within a quote. */
    private static final int LONGEST_SEARCH = 8192;

    private static final CredentialDetector CREDENTIALS = new CredentialDetector();

    private final String name;

    private final Verdict abstention;

    private final Verdict pass;

    /**
     * Creates the policy.
     *
     * @param name its fixed name
     * @param passReason what it says when there is nothing to object to
     */
    protected ArgumentPolicy(String name, String passReason) {
        this.name = name;
        this.abstention = Verdict.abstain(name);
        this.pass = Verdict.pass(name, passReason);
    }

    @Override
    public final String name() {
        return this.name;
    }

    @Override
    public final Verdict judge(PolicyInputs inputs) {
        if (!inputs.named() && !appliesTo(inputs)) {
            return this.abstention;
        }
        if (inputs.isIncomplete()) {
            return block("The call has more values than can be looked at. Split it into smaller calls.");
        }
        return decide(inputs);
    }

    /** Whether the call is of a kind that this policy can judge. */
    protected abstract boolean appliesTo(PolicyInputs inputs);

    /** Judges a call of that kind. */
    protected abstract Verdict decide(PolicyInputs inputs);

    /** The verdict when there is nothing to object to. */
    protected final Verdict pass() {
        return this.pass;
    }

    /** A verdict that stops the call. */
    protected final Verdict block(String reason) {
        return Verdict.block(this.name, reason);
    }

    /** A verdict that wants a person. */
    protected final Verdict ask(String reason) {
        return Verdict.ask(this.name, reason);
    }

    /**
     * A value as it may stand in a reason: short and in quotes. Cut before a credential rather than within: half of one
     * is none that anybody finds to mask it.
     */
    protected static String quoted(String value) {
        if (value.length() <= LONGEST_QUOTE) {
            return "'" + value + "'";
        }
        int end = LONGEST_QUOTE;
        for (CredentialDetector.Finding finding :
                CREDENTIALS.find(value.substring(0, Math.min(value.length(), LONGEST_SEARCH)))) {
            if (finding.start() < end && finding.end() > end) {
                end = finding.start();
            }
        }
        return "'" + value.substring(0, end) + "…'";
    }
}
