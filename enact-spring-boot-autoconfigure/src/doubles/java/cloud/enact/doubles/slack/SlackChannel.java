package cloud.enact.doubles.slack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A conversation: public channel, private channel or direct message, which its id tells. Guarded by its workspace. */
final class SlackChannel {

    private final String id;

    private final boolean group;

    private final TreeMap<String, SlackMessage> messages = new TreeMap<>();

    private final Set<String> members = new TreeSet<>();

    private String name;

    private boolean archived;

    SlackChannel(String id, String name, boolean group) {
        this.id = id;
        this.name = name;
        this.group = group;
    }

    String id() {
        return this.id;
    }

    String name() {
        return this.name;
    }

    void rename(String name) {
        this.name = name;
    }

    void archive() {
        this.archived = true;
    }

    boolean isArchived() {
        return this.archived;
    }

    Set<String> members() {
        return this.members;
    }

    /** First part of the scopes for it, such as {@code channels}. */
    String kind() {
        return switch (this.id.charAt(0)) {
            case 'D' -> "im";
            case 'G' -> "groups";
            default -> this.group ? "mpim" : "channels";
        };
    }

    void add(SlackMessage message) {
        this.messages.put(message.ts(), message);
    }

    /** Removes a message; of one with replies a tombstone stays as long as they do. */
    void remove(String ts) {
        SlackMessage message = this.messages.get(ts);
        if (message == null) {
            return;
        }
        if (thread(ts).size() > 1) {
            message.bury();
            return;
        }
        this.messages.remove(ts);
        String parent = message.threadTs();
        if (parent != null && message(parent).isEmpty() && thread(parent).size() == 1) {
            this.messages.remove(parent);
        }
    }

    /** A message that was not deleted. */
    Optional<SlackMessage> message(String ts) {
        return Optional.ofNullable(this.messages.get(ts)).filter(message -> !message.isBuried());
    }

    /** Messages outside of threads, newest first. */
    List<SlackMessage> history() {
        return this.messages.descendingMap().values().stream()
                .filter(message -> !message.isReply())
                .toList();
    }

    /** A message and its replies, oldest first. */
    List<SlackMessage> thread(String ts) {
        return this.messages.values().stream()
                .filter(message -> message.ts().equals(ts) || ts.equals(message.threadTs()))
                .toList();
    }

    Map<String, @Nullable Object> json(String user) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", this.id);
        json.put("name", this.name);
        json.put("is_channel", kind().equals("channels"));
        json.put("is_group", kind().equals("groups"));
        json.put("is_im", kind().equals("im"));
        json.put("is_mpim", kind().equals("mpim"));
        json.put("is_archived", this.archived);
        json.put("is_member", this.members.contains(user));
        return json;
    }

    List<Object> seen() {
        List<Object> seen = new ArrayList<>();
        this.messages.values().forEach(message -> seen.add(message.seen()));
        return seen;
    }
}
