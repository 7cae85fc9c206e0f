package cloud.enact.connector.slack;

import com.slack.api.model.Message;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as they are, or as they will be once newer steps are undone: an older step is judged by what is there then.
 * For one thread.
 */
final class SlackView {

    private final SlackMessages messages;

    private final Map<String, String> digests = new HashMap<>();

    SlackView(SlackMessages messages) {
        this.messages = messages;
    }

    /**
     * Digest of the text of a message.
     *
     * @return {@code null} when there is no such message
     */
    @Nullable
    String digest(String channel, String ts) {
        String known = this.digests.get(channel + '/' + ts);
        if (known != null) {
            return known;
        }
        Message message = this.messages.at(channel, ts);
        return (message != null) ? SlackWords.digest(message.getText()) : null;
    }

    /** Supposes that a message will have a text. */
    void suppose(String channel, String ts, String digest) {
        this.digests.put(channel + '/' + ts, digest);
    }
}
