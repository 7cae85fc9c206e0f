package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import com.slack.api.model.Message;

/** Puts things back, and looks at what came of it; an answer that was lost does not matter then. Thread-safe. */
final class SlackRestorer {

    private final SlackAccess access;

    private final SlackMessages messages;

    SlackRestorer(SlackAccess access, SlackMessages messages) {
        this.access = access;
        this.messages = messages;
    }

    void delete(String channel, String ts) {
        try {
            this.messages.delete(channel, ts);
        } catch (SlackException ex) {
            if (!ex.is("message_not_found") && !ex.isInDoubt()) {
                throw ex;
            }
        }
        if (this.messages.at(channel, ts) != null) {
            throw new ConnectorException("The message is still there after it was deleted. Try again.");
        }
    }

    void update(String channel, String ts, String text) {
        try {
            this.messages.update(channel, ts, text);
        } catch (SlackException ex) {
            if (!ex.isInDoubt()) {
                throw ex;
            }
        }
        Message now = this.messages.at(channel, ts);
        if (now == null || !SlackWords.digest(now.getText()).equals(SlackWords.digest(text))) {
            throw new ConnectorException("The message does not have its old text after it was put back. Try again.");
        }
    }

    /** Adds or takes away a reaction. */
    void react(String channel, String ts, String name, boolean add) {
        try {
            if (add) {
                this.messages.react(channel, ts, name);
            } else {
                this.messages.unreact(channel, ts, name);
            }
        } catch (SlackException ex) {
            if (!ex.isInDoubt() && !ex.is("no_reaction") && !ex.is("already_reacted")) {
                throw ex;
            }
        }
        String user = this.access.identity().user();
        if (!Boolean.valueOf(add).equals(this.messages.reacted(channel, ts, name, user))) {
            throw new ConnectorException("The reaction is not as before after it was put back. Try again.");
        }
    }
}
