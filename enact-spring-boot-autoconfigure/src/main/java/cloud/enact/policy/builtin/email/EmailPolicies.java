package cloud.enact.policy.builtin.email;

import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import cloud.enact.policy.builtin.LookBack;
import java.util.List;

/** The policies about mail. */
public final class EmailPolicies {

    private EmailPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(
                new BuiltinType(NoMassEmails.NAME, NoMassEmails.HARM, List.of("max"), NoMassEmails::new),
                new BuiltinType(
                        NoRepeatEmails.NAME, NoRepeatEmails.HARM, List.of(LookBack.WINDOW), NoRepeatEmails::new));
    }

    /** Whether the call sends a mail. */
    public static boolean areAskedAbout(PolicyInputs inputs) {
        return EmailPolicy.isMail(inputs.words(), inputs.request().args());
    }

    /** Whether a mail goes to more people than that, or to a list of nobody knows how many. */
    public static boolean goesToMoreThan(int most, PolicyInputs inputs) {
        Recipients recipients = Recipients.of(inputs.request().args());
        return recipients.many() || recipients.addresses().size() > most;
    }
}
