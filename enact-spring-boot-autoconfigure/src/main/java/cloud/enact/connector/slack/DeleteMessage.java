package cloud.enact.connector.slack;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import com.slack.api.model.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes the app's own message, which nothing brings back. */
final class DeleteMessage extends SlackStep {

    private final String ts;

    private boolean gone;

    DeleteMessage(String connector, Map<String, @Nullable Object> args, SlackSite site) {
        super(connector, SlackOperation.DELETE_MESSAGE, args, site);
        this.ts = text("ts");
    }

    @Override
    @Nullable
    Capture look(String channel) {
        this.gone = this.site.messages().at(channel, this.ts) == null;
        if (this.gone) {
            return null;
        }
        Message message = own(channel, this.ts);
        String text = (message.getText() != null) ? message.getText() : "";
        return SlackMemo.ofText(channel, this.ts, text).capture(SlackMemo.leaves(this.ts, ""));
    }

    @Override
    StepResult change(String channel) {
        if (!this.gone) {
            try {
                send(() -> this.site.messages().delete(channel, this.ts));
            } catch (SlackException ex) {
                if (!ex.is("message_not_found")) {
                    throw ex;
                }
                this.gone = true;
            }
        }
        return new StepResult(output(channel, this.ts), this.gone ? "deleted" : null, null);
    }
}
