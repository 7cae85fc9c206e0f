package cloud.enact.doubles.slack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A message in a channel. Guarded by its workspace. */
final class SlackMessage {

    private final String ts;

    private final String user;

    private final @Nullable String threadTs;

    private final Map<String, TreeSet<String>> reactions = new TreeMap<>();

    private String text;

    private @Nullable Object metadata;

    private @Nullable Object blocks;

    private @Nullable String editor;

    private boolean buried;

    SlackMessage(
            String ts,
            String user,
            String text,
            @Nullable String threadTs,
            @Nullable Object metadata,
            @Nullable Object blocks) {
        this.ts = ts;
        this.user = user;
        this.text = SlackText.stored(text);
        this.threadTs = threadTs;
        this.metadata = metadata;
        this.blocks = blocks;
    }

    String ts() {
        return this.ts;
    }

    String user() {
        return this.user;
    }

    @Nullable
    String threadTs() {
        return this.threadTs;
    }

    boolean isReply() {
        return this.threadTs != null && !this.threadTs.equals(this.ts);
    }

    /** Deletes it, so that only a tombstone is seen. */
    void bury() {
        this.buried = true;
        this.text = "This message was deleted.";
        this.metadata = null;
        this.blocks = null;
        this.editor = null;
        this.reactions.clear();
    }

    boolean isBuried() {
        return this.buried;
    }

    void edit(String user, String text, @Nullable Object metadata) {
        this.text = SlackText.stored(text);
        this.editor = user;
        this.blocks = null;
        if (metadata != null) {
            this.metadata = metadata;
        }
    }

    boolean react(String user, String name) {
        return this.reactions.computeIfAbsent(name, key -> new TreeSet<>()).add(user);
    }

    boolean unreact(String user, String name) {
        TreeSet<String> users = this.reactions.getOrDefault(name, new TreeSet<>());
        boolean removed = users.remove(user);
        if (users.isEmpty()) {
            this.reactions.remove(name);
        }
        return removed;
    }

    /** As the Web API tells it. */
    Map<String, @Nullable Object> json(boolean withMetadata) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", "message");
        json.put("user", this.buried ? "USLACKBOT" : this.user);
        json.put("text", this.text);
        json.put("ts", this.ts);
        if (this.buried) {
            json.put("subtype", "tombstone");
            json.put("hidden", true);
            json.put("thread_ts", this.ts);
        }
        if (this.threadTs != null) {
            json.put("thread_ts", this.threadTs);
        }
        if (this.blocks != null) {
            json.put("blocks", this.blocks);
        }
        if (this.editor != null) {
            json.put("edited", Map.of("user", this.editor, "ts", this.ts));
        }
        if (withMetadata && this.metadata != null) {
            json.put("metadata", this.metadata);
        }
        if (!this.reactions.isEmpty()) {
            List<Object> all = new ArrayList<>();
            this.reactions.forEach(
                    (name, users) -> all.add(Map.of("name", name, "users", List.copyOf(users), "count", users.size())));
            json.put("reactions", all);
        }
        return json;
    }

    /** What can be seen of it, for comparison: that it was edited is not part of it. */
    Map<String, @Nullable Object> seen() {
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        seen.put("ts", this.ts);
        seen.put("user", this.user);
        seen.put("text", this.text);
        seen.put("thread_ts", this.threadTs);
        Map<String, List<String>> users = new TreeMap<>();
        this.reactions.forEach((name, each) -> users.put(name, List.copyOf(each)));
        seen.put("reactions", users);
        return seen;
    }
}
