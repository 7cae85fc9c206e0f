package cloud.enact.policy.builtin.email;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.LookBack;
import java.util.HashSet;
import java.util.Set;

/** Blocks a mail to somebody who has had one within the window. */
final class NoRepeatEmails extends EmailPolicy {

    static final String NAME = "email.no-repeat-emails";

    static final String HARM = "The same person is written to over and over.";

    private static final Set<String> WITHOUT_DOTS = Set.of("gmail.com", "googlemail.com");

    private final LookBack lookBack;

    NoRepeatEmails(PolicyParameters with) {
        super(NAME, "None of the recipients has had a mail lately.");
        this.lookBack = new LookBack(with, "24h");
    }

    @Override
    protected Verdict decide(PolicyInputs inputs, Recipients recipients) {
        Set<String> now = mailboxes(recipients);
        for (EarlierAction action : this.lookBack.before(inputs)) {
            boolean same = action.action().equals(inputs.request().action());
            if (!same && !isMail(ActionWords.of(action.action()), action.args())) {
                continue;
            }
            Recipients before = Recipients.of(action.args());
            if (before.unreadable()) {
                return block("A mail went out within " + this.lookBack + ", and its receipt does not show to whom."
                        + " Wait, or ask the operator not to mask recipients.");
            }
            for (String mailbox : mailboxes(before)) {
                if (now.contains(mailbox)) {
                    return block("The recipient " + quoted(mailbox) + " has had a mail within " + this.lookBack
                            + ". Write to somebody else, or wait.");
                }
            }
        }
        return pass();
    }

    private static Set<String> mailboxes(Recipients recipients) {
        Set<String> mailboxes = new HashSet<>();
        recipients.addresses().forEach(address -> mailboxes.add(mailbox(address)));
        return mailboxes;
    }

    /** What stands behind a plus sign is for the recipient's own filing. */
    private static String mailbox(String address) {
        int at = address.lastIndexOf('@');
        if (at <= 0) {
            return address;
        }
        int plus = address.indexOf('+');
        String name = address.substring(0, (plus > 0 && plus < at) ? plus : at);
        String domain = address.substring(at + 1);
        return (WITHOUT_DOTS.contains(domain) ? name.replace(".", "") + "@gmail.com" : name + "@" + domain);
    }
}
