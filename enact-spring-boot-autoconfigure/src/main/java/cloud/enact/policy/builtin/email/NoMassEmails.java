package cloud.enact.policy.builtin.email;

import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;

/** Blocks a mail to more people than allowed, whichever fields they stand in. */
final class NoMassEmails extends EmailPolicy {

    static final String NAME = "email.no-mass-emails";

    static final String HARM = "One mistake reaches many inboxes at once, and nobody can call it back.";

    private final long max;

    NoMassEmails(PolicyParameters with) {
        super(NAME, "The mail goes to few enough people.");
        this.max = with.has("max") ? with.count("max") : 1;
        if (this.max == 0) {
            throw with.wrong("max", "is 0", "Allow at least one recipient, or don't offer the tool.");
        }
    }

    @Override
    protected Verdict decide(PolicyInputs inputs, Recipients recipients) {
        if (recipients.many()) {
            return block("The mail goes to a list, and nobody knows how many people that is. Write to "
                    + ((this.max == 1) ? "one person" : "at most " + this.max + " people") + " by address.");
        }
        int count = recipients.addresses().size();
        return (count > this.max)
                ? block("The mail goes to " + count + " recipients, and at most " + this.max + " are allowed. Write to "
                        + ((this.max == 1) ? "one person at a time." : "fewer people."))
                : pass();
    }
}
