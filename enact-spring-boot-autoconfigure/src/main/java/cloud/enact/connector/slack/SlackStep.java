package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepResult;
import com.slack.api.model.Attachment;
import com.slack.api.model.Message;
import com.slack.api.model.block.LayoutBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One prepared operation. Its channel is looked up when it is captured. */
abstract class SlackStep extends ConnectorStep {

    /** How long a text may be: an update takes no longer one, and of a longer post Slack makes several messages. */
    static final int MAX_TEXT = 4000;

    protected final SlackSite site;

    private boolean nothingDone = true;

    private @Nullable String channel;

    SlackStep(String connector, SlackOperation operation, Map<String, @Nullable Object> args, SlackSite site) {
        super(connector, operation, args);
        this.site = site;
    }

    @Override
    public final Map<String, @Nullable Object> undoArgs() {
        Map<String, @Nullable Object> needed = new LinkedHashMap<>(args());
        needed.remove("text");
        return needed;
    }

    @Override
    public final @Nullable Capture capture(BlobStore blobs) {
        this.site.access().require();
        this.channel = this.site.channels().resolve(text("channel"));
        Capture capture = look(this.channel);
        return (capture != null) ? SlackMemo.by(this.site.access().identity().user(), capture) : null;
    }

    @Override
    public final StepResult apply(@Nullable Capture capture) {
        if (this.channel == null) {
            throw new ConnectorException("Slack was not asked before this step, so it is not done.");
        }
        return change(this.channel);
    }

    @Override
    public final @Nullable Fingerprint left() {
        return this.nothingDone ? SlackMemo.nothing() : null;
    }

    /**
     * Looks at what is there.
     *
     * @return what will change, or {@code null} when nothing will
     */
    abstract @Nullable Capture look(String channel);

    /** Does what was looked at. */
    abstract StepResult change(String channel);

    /** Sends a change, and remembers whether anything may have come of it. */
    final void send(Runnable request) {
        this.nothingDone = false;
        try {
            request.run();
        } catch (SlackException ex) {
            this.nothingDone = !ex.isInDoubt();
            throw ex.isInDoubt() ? ex.ofChange() : ex;
        }
    }

    final String text(String name) {
        return String.valueOf(args().get(name));
    }

    final Map<String, @Nullable Object> output(String channel, @Nullable String ts) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("channel", channel);
        if (ts != null) {
            output.put("ts", ts);
        }
        return output;
    }

    /** The app's own message of a time. */
    final Message own(String channel, String ts) {
        Message message = this.site.messages().at(channel, ts);
        if (message == null) {
            throw new ConnectorException("There is no message of this time in the channel.");
        }
        if (!this.site.access().identity().user().equals(message.getUser())) {
            throw new ConnectorException("The message is somebody else's; an app changes only what it posted itself.");
        }
        return message;
    }

    /** Whether its text is all there is to bring back. */
    static boolean isPlain(Message message) {
        List<LayoutBlock> blocks = (message.getBlocks() != null) ? message.getBlocks() : List.of();
        List<Attachment> attachments = (message.getAttachments() != null) ? message.getAttachments() : List.of();
        // Slack makes one block of rich text out of plain text, and attaches previews of links by itself
        boolean text = blocks.isEmpty()
                || (blocks.size() == 1 && "rich_text".equals(blocks.get(0).getType()));
        boolean previews = attachments.stream()
                .allMatch(attachment -> attachment.getFromUrl() != null || attachment.getOriginalUrl() != null);
        return text
                && previews
                && (message.getFiles() == null || message.getFiles().isEmpty());
    }
}
