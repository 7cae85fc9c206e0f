package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import com.slack.api.methods.response.chat.ChatDeleteResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.methods.response.reactions.ReactionsAddResponse;
import com.slack.api.methods.response.reactions.ReactionsGetResponse;
import com.slack.api.methods.response.reactions.ReactionsRemoveResponse;
import com.slack.api.model.Message;
import com.slack.api.model.Reaction;
import com.slack.api.model.ResponseMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages and their reactions. Channels are named by their ids. Thread-safe. */
final class SlackMessages {

    private static final String MARK = "enact_step";

    private static final String SENT = "sent";

    /** What Slack shows in place of a deleted message, as long as it has replies. */
    private static final String TOMBSTONE = "tombstone";

    private static final int PAGES = 20;

    private final SlackClient client;

    SlackMessages(SlackClient client) {
        this.client = client;
    }

    /** Where the next page begins; empty at the end. */
    static String cursor(@Nullable ResponseMetadata metadata) {
        return (metadata != null && metadata.getNextCursor() != null) ? metadata.getNextCursor() : "";
    }

    /** Posts a message that carries a mark to find it by. */
    Message post(String channel, String text, @Nullable String threadTs, String marker) {
        Map<String, String> form = new HashMap<>();
        form.put("channel", channel);
        form.put("text", text);
        form.put("client_msg_id", marker);
        form.put(
                "metadata",
                "{\"event_type\":\"" + MARK + "\",\"event_payload\":{\"id\":\"" + marker + "\",\"" + SENT + "\":\""
                        + SlackWords.digest(text) + "\"}}");
        if (threadTs != null) {
            form.put("thread_ts", threadTs);
        }
        ChatPostMessageResponse answer = this.client.call("chat.postMessage", form, ChatPostMessageResponse.class);
        Message message = (answer.getMessage() != null) ? answer.getMessage() : new Message();
        message.setTs(answer.getTs());
        if (message.getTs() == null) {
            throw SlackException.unknown("Slack did not say what it posted.", "no_ts", null);
        }
        return message;
    }

    /** Gives a message another text; returns what Slack keeps of it. */
    String update(String channel, String ts, String text) {
        ChatUpdateResponse answer = this.client.call(
                "chat.update", Map.of("channel", channel, "ts", ts, "text", text), ChatUpdateResponse.class);
        Message message = answer.getMessage();
        if (message != null && message.getText() != null) {
            return message.getText();
        }
        return (answer.getText() != null) ? answer.getText() : text;
    }

    void delete(String channel, String ts) {
        this.client.call("chat.delete", Map.of("channel", channel, "ts", ts), ChatDeleteResponse.class);
    }

    void react(String channel, String ts, String name) {
        this.client.call("reactions.add", reaction(channel, ts, name), ReactionsAddResponse.class);
    }

    void unreact(String channel, String ts, String name) {
        this.client.call("reactions.remove", reaction(channel, ts, name), ReactionsRemoveResponse.class);
    }

    /**
     * Whether somebody reacted to a message.
     *
     * @return {@code null} when there is no such message
     */
    @Nullable
    Boolean reacted(String channel, String ts, String name, String user) {
        ReactionsGetResponse answer;
        try {
            answer = this.client.call(
                    "reactions.get",
                    Map.of("channel", channel, "timestamp", ts, "full", "true"),
                    ReactionsGetResponse.class);
        } catch (SlackException ex) {
            if (ex.is("message_not_found")) {
                return null;
            }
            throw ex;
        }
        List<Reaction> reactions =
                (answer.getMessage() != null) ? answer.getMessage().getReactions() : null;
        return reactions != null
                && reactions.stream()
                        .anyMatch(reaction -> name.equals(reaction.getName())
                                && reaction.getUsers() != null
                                && reaction.getUsers().contains(user));
    }

    /** The message of a time, in a thread or not; {@code null} when there is none. */
    @Nullable
    Message at(String channel, String ts) {
        Map<String, String> form = new HashMap<>();
        form.put("channel", channel);
        form.put("oldest", ts);
        form.put("latest", ts);
        form.put("inclusive", "true");
        form.put("limit", "1");
        Message found = find(page("conversations.history", form).messages(), ts);
        if (found != null) {
            return found;
        }
        form.put("ts", ts);
        try {
            return find(page("conversations.replies", form).messages(), ts);
        } catch (SlackException ex) {
            if (ex.is("thread_not_found") || ex.is("message_not_found")) {
                return null;
            }
            throw ex;
        }
    }

    /** Time of the newest message; {@code 0} in an empty channel. */
    String newest(String channel) {
        List<Message> messages = page("conversations.history", Map.of("channel", channel, "limit", "1"))
                .messages();
        return messages.isEmpty() ? "0" : messages.get(0).getTs();
    }

    /**
     * Messages with a mark.
     *
     * @param threadTs thread they are in, {@code null} for none
     * @param since time after which they were posted
     * @param user who posted them
     * @throws ConnectorException when there are too many messages to look through
     */
    List<Message> marked(String channel, @Nullable String threadTs, String since, String marker, String user) {
        Map<String, String> form = new HashMap<>();
        form.put("channel", channel);
        form.put("oldest", since);
        form.put("include_all_metadata", "true");
        form.put("limit", "200");
        if (threadTs != null) {
            form.put("ts", threadTs);
        }
        List<Message> marked = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            Page page;
            try {
                page = page((threadTs != null) ? "conversations.replies" : "conversations.history", form);
            } catch (SlackException ex) {
                if (threadTs != null && ex.is("thread_not_found")) {
                    return List.of();
                }
                throw ex;
            }
            page.messages().stream()
                    .filter(message -> isMarked(message, marker, user))
                    .forEach(marked::add);
            if (page.cursor().isEmpty()) {
                return marked;
            }
            form.put("cursor", page.cursor());
        }
        throw new ConnectorException(
                "More messages were posted since than are looked through. Look for the message yourself.");
    }

    /** A message with a mark among the newest hundred, or in its thread; {@code null} when there is none. */
    @Nullable
    Message recent(String channel, @Nullable String threadTs, String marker, String user) {
        List<Message> messages = (threadTs != null)
                ? marked(channel, threadTs, threadTs, marker, user)
                : page(
                                "conversations.history",
                                Map.of("channel", channel, "include_all_metadata", "true", "limit", "100"))
                        .messages();
        return messages.stream()
                .filter(message -> isMarked(message, marker, user))
                .findFirst()
                .orElse(null);
    }

    /** Anybody can write a mark, so that only the app's own counts. */
    private static boolean isMarked(Message message, String marker, String user) {
        Message.Metadata metadata = message.getMetadata();
        return metadata != null
                && user.equals(message.getUser())
                && MARK.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && marker.equals(metadata.getEventPayload().get("id"));
    }

    /** Whether a message with a mark was sent with a text, whatever Slack made of it and whoever edited it. */
    static boolean wasSentAs(Message marked, String text) {
        Map<String, Object> payload = marked.getMetadata().getEventPayload();
        // those of earlier versions do not say
        return payload.get(SENT) == null || payload.get(SENT).equals(SlackWords.digest(text));
    }

    private static @Nullable Message find(List<Message> messages, String ts) {
        return messages.stream()
                .filter(message -> ts.equals(message.getTs()) && !TOMBSTONE.equals(message.getSubtype()))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> reaction(String channel, String ts, String name) {
        return Map.of("channel", channel, "timestamp", ts, "name", name);
    }

    private Page page(String method, Map<String, String> form) {
        if (method.equals("conversations.replies")) {
            ConversationsRepliesResponse answer = this.client.call(method, form, ConversationsRepliesResponse.class);
            return new Page(messages(answer.getMessages()), cursor(answer.getResponseMetadata()));
        }
        ConversationsHistoryResponse answer = this.client.call(method, form, ConversationsHistoryResponse.class);
        return new Page(messages(answer.getMessages()), cursor(answer.getResponseMetadata()));
    }

    private static List<Message> messages(@Nullable List<Message> messages) {
        return (messages != null) ? messages : List.of();
    }

    private record Page(List<Message> messages, String cursor) {}
}
