package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalChannel;
import cloud.enact.approval.email.EmailApprovalChannel;
import cloud.enact.approval.email.LoggedApprovalChannel;
import cloud.enact.gate.EnactStartupException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.mail.javamail.JavaMailSender;

/** Makes the channel that asks by e-mail from what is configured. */
final class ApprovalMail {

    private static final Log logger = LogFactory.getLog(ApprovalMail.class);

    private static final String PROPERTY = "enact.approval.email";

    private static final String DRY_RUN_VARIABLE = "ENACT_EMAIL_DRY_RUN";

    private ApprovalMail() {}

    /**
     * Makes it.
     *
     * @throws EnactStartupException when it can't work
     */
    static ApprovalChannel channel(
            ApprovalChannelProperties.Email email, ListableBeanFactory beans, Environment environment) {
        try {
            if (email.dryRun() || isOn(environment.getProperty(DRY_RUN_VARIABLE))) {
                logger.warn(
                        "Messages about approvals are written to the log and not sent, and whoever reads the log can"
                                + " answer them. Set " + PROPERTY + ".dry-run=false to send them");
                return new LoggedApprovalChannel(email.to());
            }
            String from = email.from();
            if (from == null) {
                throw new EnactStartupException(
                        "People are to be asked by e-mail, and the messages come from nobody.",
                        "Set " + PROPERTY + ".from to an address.");
            }
            return new EmailApprovalChannel(sender(new MailSenders(beans), email.sender()), from, email.to());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "People can't be asked by e-mail: " + ex.getMessage() + ".",
                    "Correct " + PROPERTY + ".to and " + PROPERTY + ".from.",
                    ex);
        }
    }

    private static boolean isOn(@Nullable String value) {
        return "1".equals(value) || "true".equalsIgnoreCase(value);
    }

    private static JavaMailSender sender(MailSenders senders, @Nullable String configured) {
        return senders.find(
                configured,
                "for approvals",
                "People are to be asked by e-mail, and nobody can tell which mail sender to send with",
                "Set spring.mail.host to the mail server, or " + PROPERTY + ".dry-run=true to try it out.",
                PROPERTY + ".sender");
    }
}
