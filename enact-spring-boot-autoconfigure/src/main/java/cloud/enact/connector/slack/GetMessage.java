package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import com.slack.api.model.Message;
import com.slack.api.model.Reaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one message. */
final class GetMessage extends SlackStep {

    GetMessage(String connector, Map<String, @Nullable Object> args, SlackSite site) {
        super(connector, SlackOperation.GET_MESSAGE, args, site);
    }

    @Override
    @Nullable
    Capture look(String channel) {
        return null;
    }

    @Override
    StepResult change(String channel) {
        Message message = this.site.messages().at(channel, text("ts"));
        if (message == null) {
            throw new ConnectorException("There is no message of this time in the channel.");
        }
        Map<String, @Nullable Object> output = output(channel, message.getTs());
        output.put("user", message.getUser());
        output.put("text", message.getText());
        output.put("thread_ts", message.getThreadTs());
        output.put("edited", message.getEdited() != null);
        Map<String, @Nullable Object> reactions = new LinkedHashMap<>();
        for (Reaction reaction : (message.getReactions() != null) ? message.getReactions() : List.<Reaction>of()) {
            reactions.put(reaction.getName(), reaction.getCount());
        }
        output.put("reactions", reactions);
        return new StepResult(output, null, null);
    }

    @Override
    public Map<String, @Nullable Object> recorded(StepResult result) {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>(result.output());
        recorded.remove("text");
        return recorded;
    }
}
