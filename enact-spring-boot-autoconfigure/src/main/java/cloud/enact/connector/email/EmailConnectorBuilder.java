package cloud.enact.connector.email;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorName;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.StepExecutor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSender;

/** What an {@link EmailConnector} is made of. Not thread-safe. */
public final class EmailConnectorBuilder {

    private final JavaMailSender sender;

    private final IdempotencyKeys keys;

    private final Set<String> operations = new TreeSet<>();

    private final Set<String> recipients = new TreeSet<>();

    private String name = "email";

    private @Nullable String from;

    EmailConnectorBuilder(JavaMailSender sender, IdempotencyKeys keys) {
        this.sender = sender;
        this.keys = keys;
    }

    /** Names the instance; {@code email} if nothing else is said. */
    public EmailConnectorBuilder name(String name) {
        this.name = ConnectorName.require(name);
        return this;
    }

    /** Says which address messages come from; needed. */
    public EmailConnectorBuilder from(@Nullable String from) {
        this.from = from;
        return this;
    }

    /** Allows operations, by name; without this nothing is allowed. */
    public EmailConnectorBuilder operations(Collection<String> operations) {
        this.operations.addAll(operations);
        return this;
    }

    /** Says which addresses messages may go to, where a star stands for any characters; any, if nothing is said. */
    public EmailConnectorBuilder recipients(Collection<String> recipients) {
        this.recipients.addAll(recipients);
        return this;
    }

    /**
     * Makes the connector; the mail server is not asked yet.
     *
     * @param steps performs its steps inside governed actions
     * @throws IllegalArgumentException when an operation doesn't exist, or an address isn't one
     */
    public EmailConnector build(StepExecutor steps) {
        if (this.from == null) {
            throw new IllegalArgumentException("It needs the address that messages come from");
        }
        AllowedOperations<EmailOperation> allowed =
                new AllowedOperations<>(this.name, Arrays.asList(EmailOperation.values()), this.operations);
        return new EmailConnector(
                this.name,
                allowed,
                EmailAddresses.read(this.from),
                new EmailAddresses(this.recipients),
                new Mailer(this.sender),
                this.keys,
                steps);
    }
}
