package cloud.enact.policy.builtin.email;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy that judges whom a mail goes to. */
abstract class EmailPolicy extends ArgumentPolicy {

    private static final Set<String> MAIL =
            Set.of(("email emails mail mails mailer gmail outlook smtp sendgrid mailgun postmark mailchimp ses sesv2 "
                            + "resend brevo sendinblue mandrill sparkpost mailjet newsletter newsletters "
                            + "campaign campaigns")
                    .split(" "));

    private static final Set<String> SENDS =
            Set.of("send reply forward deliver dispatch notify message broadcast blast invite mailout".split(" "));

    private static final Set<String> KEPT = Set.of("draft", "drafts", "template", "templates", "delete", "archive");

    EmailPolicy(String name, String passReason) {
        super(name, passReason);
    }

    @Override
    protected final boolean appliesTo(PolicyInputs inputs) {
        return isMail(inputs.words(), inputs.request().args());
    }

    /** Whether an action of that name, with such arguments, sends a mail. */
    static boolean isMail(ActionWords words, Map<String, ? extends @Nullable Object> args) {
        boolean sends = words.indexInOperation(SENDS) >= 0;
        if (words.isRead() || !sends && words.indexInOperation(KEPT) >= 0) {
            return false;
        }
        return words.hasAny(MAIL)
                || sends && Recipients.of(args).addresses().stream().anyMatch(address -> address.indexOf('@') > 0);
    }

    @Override
    protected final Verdict decide(PolicyInputs inputs) {
        Recipients recipients = Recipients.of(inputs.request().args());
        if (recipients.isEmpty()) {
            return pass();
        }
        return recipients.unreadable()
                ? block("A recipient can't be read. Give recipients as plain addresses, such as ann@example.com.")
                : decide(inputs, recipients);
    }

    /** Judges a mail with recipients that can be read. */
    protected abstract Verdict decide(PolicyInputs inputs, Recipients recipients);
}
