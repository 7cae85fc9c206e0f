package cloud.enact.connector.email;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.PreState;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends a message under its key, unless that was done already or nobody knows. */
final class SendEmailStep extends ConnectorStep {

    private static final FailureLog failures = new FailureLog(SendEmailStep.class);

    private final EmailContent content;

    private final Mailer mailer;

    private final IdempotencyKeys keys;

    private final String attempt = UUID.randomUUID().toString();

    private final String messageId;

    private boolean nothingSent = true;

    SendEmailStep(String connector, EmailContent content, Mailer mailer, IdempotencyKeys keys) {
        super(connector, EmailOperation.SEND_EMAIL, content.args());
        this.content = content;
        this.mailer = mailer;
        this.keys = keys;
        this.messageId = this.attempt + content.from().substring(content.from().lastIndexOf('@'));
    }

    @Override
    public Map<String, @Nullable Object> undoArgs() {
        return Map.of("to", this.content.to(), "idempotency_key", this.content.key());
    }

    @Override
    public @Nullable Capture capture(BlobStore blobs) {
        Optional<IdempotencyKeys.Use> use = this.keys.find(connector(), this.content.key());
        if (use.isPresent()) {
            requireSent(use.get());
            return null;
        }
        return new Capture(
                new PreState(Map.of("key", this.content.key(), "attempt", this.attempt)),
                new Fingerprint(Map.of("message_id", this.messageId)));
    }

    @Override
    public StepResult apply(@Nullable Capture capture) {
        Optional<IdempotencyKeys.Use> use =
                this.keys.take(connector(), this.content.key(), this.content.digest(), this.attempt);
        if (use.isPresent()) {
            requireSent(use.get());
            return new StepResult(output(use.get().reference()), "sent", EmailUndo.nothing());
        }
        this.nothingSent = false;
        Delivery delivery = this.mailer.send(this.content, this.messageId);
        if (delivery instanceof Delivery.Accepted accepted) {
            return sent(accepted.refused());
        }
        if (delivery instanceof Delivery.Refused refused) {
            this.nothingSent = true;
            throw new ConnectorException(refused.why() + " Nothing was sent." + givenBack(), refused.cause());
        }
        Delivery.Unknown unknown = (Delivery.Unknown) delivery;
        throw new ConnectorException(
                unknown.why() + " Whether the message was sent is not known, and it is not sent again. Look at the mail"
                        + " server for Message-ID " + this.messageId + ".",
                unknown.cause());
    }

    @Override
    public @Nullable Fingerprint left() {
        return this.nothingSent ? EmailUndo.nothing() : null;
    }

    private String givenBack() {
        try {
            this.keys.giveBack(connector(), this.content.key(), this.attempt);
            return "";
        } catch (RuntimeException ex) {
            failures.error("The key of a message that was not sent could not be given back", ex);
            return " Its key could not be given back: use another one.";
        }
    }

    private StepResult sent(List<String> refused) {
        try {
            this.keys.done(connector(), this.content.key(), this.attempt, this.messageId);
        } catch (RuntimeException ex) {
            // it was sent, so the step has not failed; the key stays taken, and nothing is sent under it again
            failures.error("That a message was sent could not be noted with its key", ex);
            Map<String, @Nullable Object> output = output(this.messageId);
            output.put("note", "the key could not be marked as done, and counts as in doubt");
            return new StepResult(output, null, null);
        }
        Map<String, @Nullable Object> output = output(this.messageId);
        if (!refused.isEmpty()) {
            output.put("not_accepted_for", refused);
        }
        return new StepResult(output, null, null);
    }

    private static Map<String, @Nullable Object> output(@Nullable String messageId) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("message_id", messageId);
        return output;
    }

    private void requireSent(IdempotencyKeys.Use use) {
        if (!use.digest().equals(this.content.digest())) {
            throw new ConnectorException(
                    "Another message was sent under this idempotency_key. Use one key per message.");
        }
        if (!use.done()) {
            throw new ConnectorException(
                    "A message is being sent under this idempotency_key, or its outcome is not known, so it is not sent"
                            + " again. Look at the mail server for Message-ID " + use.attempt()
                            + this.content.from().substring(this.content.from().lastIndexOf('@')) + ".");
        }
    }
}
