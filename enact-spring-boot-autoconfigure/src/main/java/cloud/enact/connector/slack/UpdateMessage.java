package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import com.slack.api.model.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the app's own message another text. */
final class UpdateMessage extends SlackStep {

    private final String ts;

    private @Nullable String before;

    private @Nullable String kept;

    UpdateMessage(String connector, Map<String, @Nullable Object> args, SlackSite site) {
        super(connector, SlackOperation.UPDATE_MESSAGE, args, site);
        this.ts = text("ts");
    }

    @Override
    @Nullable
    Capture look(String channel) {
        Message message = own(channel, this.ts);
        String old = (message.getText() != null) ? message.getText() : "";
        if (!isPlain(message)) {
            throw new ConnectorException("The message is made of more than text, and its text alone would not bring it"
                    + " back. Post another message instead.");
        }
        if (old.isEmpty() || old.length() > MAX_TEXT) {
            throw new ConnectorException("The text of the message could not be brought back, because an update takes 1"
                    + " to " + MAX_TEXT + " characters. Post another message instead.");
        }
        this.before = old;
        return isThere()
                ? null
                : SlackMemo.ofText(channel, this.ts, old).capture(SlackMemo.leaves(this.ts, text("text")));
    }

    @Override
    StepResult change(String channel) {
        if (isThere()) {
            return new StepResult(output(channel, this.ts), "unchanged", null);
        }
        Message now = this.site.messages().at(channel, this.ts);
        if (now == null || !SlackWords.digest(this.before).equals(SlackWords.digest(now.getText()))) {
            throw new ConnectorException(
                    "The message was changed while it was being updated. Look at it and try again.");
        }
        send(() -> this.kept = this.site.messages().update(channel, this.ts, text("text")));
        return new StepResult(output(channel, this.ts), null, SlackMemo.leaves(this.ts, this.kept));
    }

    private boolean isThere() {
        return SlackWords.digest(this.before).equals(SlackWords.digest(text("text")));
    }
}
