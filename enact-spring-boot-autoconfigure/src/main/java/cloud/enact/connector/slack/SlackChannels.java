package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import com.slack.api.methods.response.conversations.ConversationsListResponse;
import com.slack.api.model.Conversation;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The channels that may be used. What is sent to Slack is an id always; a name is looked up, and looked at again each
 * time, because channels are renamed. Thread-safe.
 */
final class SlackChannels {

    private static final Pattern ID = Pattern.compile("[CDG][A-Z0-9]{1,30}");

    private static final Pattern ID_PATTERN = Pattern.compile("[CDG][A-Z0-9*]{1,30}");

    private static final Pattern NAME = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{Lm}\\p{M}\\p{N}_-]{1,80}");

    private static final Pattern NAME_PATTERN = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{Lm}\\p{M}\\p{N}_*-]{1,80}");

    private static final int PAGES = 20;

    private static final int CACHED = 1000;

    private final SlackClient client;

    private final List<Pattern> ids = new ArrayList<>();

    private final List<Pattern> names = new ArrayList<>();

    /** Patterns of conversations between few, which no star alone allows. */
    private final List<Pattern> direct = new ArrayList<>();

    private final Map<String, String> found = new ConcurrentHashMap<>();

    /**
     * Makes the list.
     *
     * @param patterns ids and names, where a star stands for any characters
     * @throws IllegalArgumentException when one of them is neither
     */
    SlackChannels(SlackClient client, Collection<String> patterns) {
        this.client = client;
        for (String pattern : patterns) {
            if (ID_PATTERN.matcher(pattern).matches()) {
                this.ids.add(glob(pattern));
                if (pattern.startsWith("D") || !pattern.contains("*")) {
                    this.direct.add(glob(pattern));
                }
            } else if (NAME_PATTERN.matcher(withoutMark(pattern)).matches()) {
                this.names.add(glob(withoutMark(pattern)));
            } else {
                throw new IllegalArgumentException(
                        "Channels are ids such as C0123456789 or names such as general, in small letters");
            }
        }
    }

    /** Whether channels have to be looked up, because not each is allowed by its very id. */
    static boolean needLookup(Collection<String> patterns) {
        return patterns.stream().anyMatch(pattern -> !ID.matcher(pattern).matches());
    }

    /**
     * Returns what an argument names, if that can be a channel that may be used.
     *
     * @throws IllegalArgumentException when it can't
     */
    String require(String channel) {
        boolean id = ID.matcher(channel).matches();
        String name = withoutMark(channel);
        // policies read names in their normal form
        if (!id && !(NAME.matcher(name).matches() && Normalizer.isNormalized(name, Normalizer.Form.NFKC))) {
            throw new IllegalArgumentException(
                    "channel takes the id of one channel, such as C0123456789, or its name in small letters");
        }
        boolean possible = id
                ? matches(this.ids, channel) || !this.names.isEmpty()
                : matches(this.names, name) || !this.ids.isEmpty();
        if (!possible) {
            throw new IllegalArgumentException(
                    "This channel is not allowed; allow it by adding it to the connector's channels");
        }
        return channel;
    }

    /**
     * The id of a channel that may be used.
     *
     * @throws ConnectorException when there is none, or it may not be used
     */
    String resolve(String channel) {
        if (ID.matcher(channel).matches()) {
            if (!isAllowedById(channel)) {
                requireByName(info(channel));
            }
            return channel;
        }
        String name = withoutMark(channel);
        String known = this.found.get(name);
        Conversation conversation = (known != null) ? info(known) : null;
        if (conversation == null || !name.equals(conversation.getName())) {
            this.found.remove(name);
            conversation = info(find(name));
        }
        String id = conversation.getId();
        if (id == null || !ID.matcher(id).matches()) {
            throw new ConnectorException("Slack gave a channel without an id; name it by its id.");
        }
        if (!isAllowedById(id)) {
            requireByName(conversation);
        }
        if (this.found.size() < CACHED) {
            this.found.put(name, id);
        }
        return id;
    }

    private boolean isAllowedById(String id) {
        // of an id alone nobody sees whether few people talk there, unless somebody wrote it down
        return matches(id.startsWith("D") ? this.direct : this.ids, id)
                && (matches(this.direct, id) || !isBetweenFew(info(id)));
    }

    private void requireByName(Conversation conversation) {
        String name = conversation.getName();
        if (isBetweenFew(conversation) || name == null || !matches(this.names, name)) {
            throw new ConnectorException(
                    "This channel is not allowed; allow it by adding it to the connector's channels");
        }
    }

    private static boolean isBetweenFew(Conversation conversation) {
        return conversation.isIm() || conversation.isMpim();
    }

    private Conversation info(String id) {
        Conversation conversation = this.client
                .call("conversations.info", Map.of("channel", id), ConversationsInfoResponse.class)
                .getChannel();
        if (conversation == null) {
            throw new ConnectorException("Slack did not describe the channel; try again.");
        }
        return conversation;
    }

    private String find(String name) {
        SlackException refused = null;
        boolean asked = false;
        for (String type : List.of("public_channel", "private_channel")) {
            try {
                String id = find(name, type);
                asked = true;
                if (id != null) {
                    return id;
                }
            } catch (SlackException ex) {
                if (!ex.is("missing_scope")) {
                    throw ex;
                }
                refused = ex;
            }
        }
        if (refused != null && !asked) {
            throw refused;
        }
        throw new ConnectorException("There is no channel of this name that the app sees; name it by its id.");
    }

    private @Nullable String find(String name, String type) {
        String cursor = "";
        for (int page = 0; page < PAGES; page++) {
            Map<String, String> form = new HashMap<>();
            form.put("types", type);
            form.put("exclude_archived", "true");
            form.put("limit", "1000");
            if (!cursor.isEmpty()) {
                form.put("cursor", cursor);
            }
            ConversationsListResponse answer =
                    this.client.call("conversations.list", form, ConversationsListResponse.class);
            for (Conversation conversation :
                    (answer.getChannels() != null) ? answer.getChannels() : List.<Conversation>of()) {
                if (name.equals(conversation.getName()) && conversation.getId() != null) {
                    return conversation.getId();
                }
            }
            cursor = SlackMessages.cursor(answer.getResponseMetadata());
            if (cursor.isEmpty()) {
                return null;
            }
        }
        throw new ConnectorException("There are more channels than are looked through; name the channel by its id.");
    }

    private static String withoutMark(String channel) {
        return channel.startsWith("#") ? channel.substring(1) : channel;
    }

    private static boolean matches(List<Pattern> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private static Pattern glob(String pattern) {
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
}
