package cloud.enact.autoconfigure;

import cloud.enact.connector.email.EmailConnector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.StepExecutor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;

/** Makes connectors for e-mail from what is configured. */
final class EmailConnectors {

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
        JavaMailSender sender = new MailSenders(this.beans)
                .find(
                        entry.sender(),
                        "of connector '" + name + "'",
                        "The connector '" + name + "' can't work: nobody can tell which mail sender it sends with",
                        "Set spring.mail.host to the mail server.",
                        startup.property() + ".sender");
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
}
