package cloud.enact.approval.slack;

import cloud.enact.action.ShortText;
import cloud.enact.approval.ApprovalChannel;
import cloud.enact.approval.ApprovalMessage;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalText;
import cloud.enact.slack.SlackConnection;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One message with links for each channel or person of Slack. Who answers through a link in a channel is known as that
 * channel. Thread-safe.
 */
public final class SlackApprovalChannel implements ApprovalChannel, AutoCloseable {

    /** Slack cuts longer ones. */
    private static final int LONGEST = 30_000;

    private final SlackConnection connection;

    private final Set<String> to;

    /**
     * Makes the channel.
     *
     * @param endpoint where the Web API is
     * @param token bot token with the right to post
     * @param to ids of channels or people
     * @param timeout how long Slack may take to answer
     */
    public SlackApprovalChannel(URI endpoint, String token, Collection<String> to, Duration timeout) {
        this.to = new LinkedHashSet<>(to);
        this.connection = new SlackConnection(endpoint, token, timeout);
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Set<String> approvers(ApprovalRequest request) {
        return this.to;
    }

    @Override
    public void send(ApprovalMessage message) throws IOException {
        String text = text(message);
        ChatPostMessageResponse answer;
        try {
            answer = this.connection
                    .methods()
                    .chatPostMessage(post -> post.channel(message.approver())
                            .text(ShortText.of(text, LONGEST))
                            // Slack must not make links or calls to people of what models wrote, nor open links by
                            // itself
                            .parse("none")
                            .linkNames(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false));
        } catch (SlackApiException ex) {
            // the cause holds what was sent
            throw new IOException(
                    "Slack answered with status " + ex.getResponse().code());
        }
        if (!answer.isOk()) {
            throw new IOException("Slack did not take the message: " + answer.getError());
        }
    }

    /** Without the three characters that mean something to Slack, but in our own links. */
    private static String text(ApprovalMessage message) {
        String text = ApprovalText.body(message)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        for (URI link : Arrays.asList(message.approve(), message.deny())) {
            if (link != null) {
                text = text.replace(link.toString(), "<" + link + ">");
            }
        }
        return text;
    }

    @Override
    public void close() throws Exception {
        this.connection.close();
    }
}
