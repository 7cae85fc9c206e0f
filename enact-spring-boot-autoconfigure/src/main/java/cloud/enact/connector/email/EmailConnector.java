package cloud.enact.connector.email;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * Plain messages, each sent once. Thread-safe.
 *
 * <p>Every message has a key that names what it is about. A key under which a message was sent sends nothing again, in
 * no process and after no restart; one whose outcome nobody knows sends nothing either, until a person has looked.
 */
public final class EmailConnector implements Connector {

    private final String name;

    private final AllowedOperations<EmailOperation> operations;

    private final String from;

    private final EmailAddresses addresses;

    private final Mailer mailer;

    private final IdempotencyKeys keys;

    private final StepUndo undo;

    private final StepExecutor steps;

    EmailConnector(
            String name,
            AllowedOperations<EmailOperation> operations,
            String from,
            EmailAddresses addresses,
            Mailer mailer,
            IdempotencyKeys keys,
            StepExecutor steps) {
        this.name = name;
        this.operations = operations;
        this.from = from;
        this.addresses = addresses;
        this.mailer = mailer;
        this.keys = keys;
        this.undo = new EmailUndo(name, keys);
        this.steps = steps;
    }

    /**
     * Starts a connector.
     *
     * @param sender hands messages to a mail server; its time-outs must be set
     * @param keys remembers what was sent
     */
    public static EmailConnectorBuilder sender(JavaMailSender sender, IdempotencyKeys keys) {
        return new EmailConnectorBuilder(sender, keys);
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public Set<String> operations() {
        return this.operations.ids();
    }

    @Override
    public Reversibility reversibility(String operation) {
        return this.operations.known(operation).reversibility();
    }

    @Override
    public StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        this.operations.require(operation, args);
        return new SendEmailStep(this.name, EmailContent.of(this.from, args, this.addresses), this.mailer, this.keys);
    }

    @Override
    public StepUndo undo() {
        return this.undo;
    }

    /**
     * Sends a message. One that was sent under its key is found done: {@code sent}.
     *
     * @param to address it goes to
     * @param subject one line
     * @param text plain text
     * @param key names what it is about, such as {@code invoice-4711-reminder-1}
     * @return with {@code message_id}
     * @throws IllegalArgumentException when the operation is not allowed, or an argument is wrong
     * @throws ConnectorException when it was not sent, or nobody knows
     */
    public StepResult sendEmail(String to, String subject, String text, String key) {
        return this.steps.perform(
                prepare("send_email", Map.of("to", to, "subject", subject, "text", text, "idempotency_key", key)));
    }
}
