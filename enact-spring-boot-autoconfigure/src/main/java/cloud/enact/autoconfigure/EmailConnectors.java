package cloud.enact.autoconfigure;

import cloud.enact.connector.email.EmailConnector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.StepExecutor;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Makes connectors for e-mail from what is configured. */
final class EmailConnectors {

    private static final Log logger = LogFactory.getLog(EmailConnectors.class);

    private static final String TIMEOUT = "10000";

    private final EmailProperties properties;

    private final StepExecutor steps;

    private final ListableBeanFactory beans;

    EmailConnectors(EmailProperties properties, StepExecutor steps, ListableBeanFactory beans) {
        this.properties = properties;
        this.steps = steps;
        this.beans = beans;
    }

    /**
     * Makes a connector.
     *
     * @throws EnactStartupException when it can't work
     */
    EmailConnector named(String key, String name) {
        ConnectorStartup startup = new ConnectorStartup(name, "enact.email.connectors." + key);
        EmailProperties.Connector entry = ConnectorStartup.entry(this.properties.connectors(), key);
        JavaMailSender sender = sender(name, startup.property(), entry.sender());
        if (sender instanceof JavaMailSenderImpl impl) {
            limit(impl, name);
        }
        try {
            return EmailConnector.sender(sender, this.beans.getBean(IdempotencyKeys.class))
                    .name(name)
                    .from(entry.from())
                    .recipients(entry.recipients())
                    .operations(entry.operations())
                    .build(this.steps);
        } catch (IllegalArgumentException ex) {
            throw startup.wrong(ex);
        }
    }

    private JavaMailSender sender(String name, String property, @Nullable String configured) {
        try {
            return (configured != null)
                    ? this.beans.getBean(configured, JavaMailSender.class)
                    : this.beans.getBean(JavaMailSender.class);
        } catch (NoSuchBeanDefinitionException ex) {
            List<String> senders = Arrays.asList(this.beans.getBeanNamesForType(JavaMailSender.class));
            throw new EnactStartupException(
                    "The connector '" + name
                            + "' can't work: nobody can tell which mail sender it sends with; there are " + senders
                            + ".",
                    senders.isEmpty()
                            ? "Set spring.mail.host to the mail server."
                            : "Set " + property + ".sender to one of them.",
                    ex);
        }
    }

    /** A mail server that does not answer holds nobody up for ever. */
    private static void limit(JavaMailSenderImpl sender, String name) {
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
            logger.warn("The mail sender of connector '" + name + "' waited without limit; now it waits 10 seconds. Set"
                    + " spring.mail.properties.[mail." + protocol + ".connectiontimeout], [mail." + protocol
                    + ".timeout] and [mail." + protocol + ".writetimeout]");
        }
    }
}
