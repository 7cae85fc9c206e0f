package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import com.slack.api.model.Message;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Posts a message. It carries a mark, so that one whose answer was lost is found by looking. */
final class PostMessage extends SlackStep {

    private final @Nullable String threadTs;

    private final boolean named;

    private final String marker;

    private @Nullable SlackMemo planned;

    private @Nullable Message found;

    PostMessage(String connector, Map<String, @Nullable Object> args, SlackSite site) {
        super(connector, SlackOperation.POST_MESSAGE, args, site);
        this.threadTs = args.containsKey("thread_ts") ? text("thread_ts") : null;
        this.named = args.containsKey("client_msg_id");
        this.marker = this.named ? text("client_msg_id") : UUID.randomUUID().toString();
    }

    @Override
    @Nullable
    Capture look(String channel) {
        // the newest message tells Slack's time, from which on ours is looked for
        String since =
                (this.threadTs != null) ? this.threadTs : this.site.messages().newest(channel);
        if (this.threadTs != null && this.site.messages().at(channel, this.threadTs) == null) {
            throw SlackRefusals.of("chat.postMessage", "thread_not_found", null);
        }
        if (this.named) {
            this.found = this.site.messages().recent(channel, this.threadTs, this.marker, user());
            if (this.found != null && !SlackMessages.wasSentAs(this.found, text("text"))) {
                throw new ConnectorException("Another text was posted under this client_msg_id. Use one per message.");
            }
        }
        this.planned = SlackMemo.toPost(channel, this.threadTs, since, this.marker);
        return (this.found == null) ? this.planned.capture(SlackMemo.leaves(null, text("text"))) : null;
    }

    @Override
    StepResult change(String channel) {
        if (this.found != null) {
            return new StepResult(output(channel, this.found.getTs()), "posted", null);
        }
        try {
            send(() -> this.found = this.site.messages().post(channel, text("text"), this.threadTs, this.marker));
        } catch (SlackException ex) {
            this.found = ex.isInDoubt() ? lookedFor(ex) : null;
            if (this.found == null) {
                throw ex;
            }
        }
        Message posted = Objects.requireNonNull(this.found);
        String kept = (posted.getText() != null) ? posted.getText() : text("text");
        return new StepResult(output(channel, posted.getTs()), null, SlackMemo.leaves(posted.getTs(), kept));
    }

    /** The message whose answer was lost, if it is there already; it may still be on its way. */
    private @Nullable Message lookedFor(SlackException lost) {
        try {
            SlackMemo memo = Objects.requireNonNull(this.planned);
            List<Message> marked = this.site
                    .messages()
                    .marked(memo.channel(), memo.threadTs(), Objects.requireNonNull(memo.since()), this.marker, user());
            return marked.isEmpty() ? null : marked.get(0);
        } catch (RuntimeException ex) {
            lost.addSuppressed(ex);
            return null;
        }
    }

    private String user() {
        return this.site.access().identity().user();
    }
}
