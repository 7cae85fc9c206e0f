package cloud.enact.autoconfigure;

import java.util.List;
import java.util.Properties;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A mail server that does not answer holds nobody up for ever. */
final class MailTimeouts {

    private static final Log logger = LogFactory.getLog(MailTimeouts.class);

    private static final String TIMEOUT = "10000";

    private MailTimeouts() {}

    /**
     * Sets those that are missing.
     *
     * @param whose whose sender it is, as in {@code of connector 'work'}
     */
    static void limit(JavaMailSenderImpl sender, String whose) {
        String protocol = (sender.getProtocol() != null) ? sender.getProtocol() : JavaMailSenderImpl.DEFAULT_PROTOCOL;
        Properties session = sender.getSession().getProperties();
        boolean changed = false;
        for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
            String property = "mail." + protocol + "." + timeout;
            if (session.getProperty(property) == null) {
                session.setProperty(property, TIMEOUT);
                changed = true;
            }
        }
        if (changed) {
            logger.warn("The mail sender " + whose + " waited without limit; now it waits 10 seconds. Set"
                    + " spring.mail.properties.[mail." + protocol + ".connectiontimeout], [mail." + protocol
                    + ".timeout] and [mail." + protocol + ".writetimeout]");
        }
    }
}
