package cloud.enact.connector.slack;

import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the undo log keeps of a step.
 *
 * @param channel id of the channel
 * @param ts time of the message, {@code null} as long as it is not posted
 * @param threadTs thread it goes to, {@code null} for none
 * @param since time of the newest message before it was posted, {@code null} when it is about one that was there
 * @param marker mark of a message to be posted, {@code null} when it is about one that was there
 * @param text text the message had, {@code null} when it does not matter
 * @param name name of a reaction, {@code null} when it is not about one
 */
record SlackMemo(
        String channel,
        @Nullable String ts,
        @Nullable String threadTs,
        @Nullable String since,
        @Nullable String marker,
        @Nullable String text,
        @Nullable String name) {

    private static final String NOTHING = "nothing";

    private static final String DIGEST = "digest";

    private static final String USER = "user";

    /** About a message that is to be posted. */
    static SlackMemo toPost(String channel, @Nullable String threadTs, String since, String marker) {
        return new SlackMemo(channel, null, threadTs, since, marker, null, null);
    }

    /** About the text of a message. */
    static SlackMemo ofText(String channel, String ts, String text) {
        return new SlackMemo(channel, ts, null, null, null, text, null);
    }

    /** About a reaction to a message. */
    static SlackMemo ofReaction(String channel, String ts, String name) {
        return new SlackMemo(channel, ts, null, null, null, null, name);
    }

    /** Reads it back. */
    static SlackMemo of(UndoRecord record) {
        Map<String, @Nullable Object> values = record.before().values();
        String channel = text(values, "channel");
        if (channel == null) {
            throw new IllegalArgumentException("Not a step in Slack");
        }
        String posted = text(record.fingerprint().values(), "ts");
        return new SlackMemo(
                channel,
                (posted != null) ? posted : text(values, "ts"),
                text(values, "thread_ts"),
                text(values, "since"),
                text(values, "marker"),
                text(values, "text"),
                text(values, "name"));
    }

    /** What the change leaves when it does nothing. */
    static Fingerprint nothing() {
        return new Fingerprint(Map.of(NOTHING, true));
    }

    /** Notes who does it. */
    static Capture by(String user, Capture capture) {
        Map<String, @Nullable Object> values =
                new LinkedHashMap<>(capture.before().values());
        values.put(USER, user);
        return new Capture(new PreState(values), capture.expected());
    }

    /** Who did it; {@code null} when an earlier version did not note it. */
    static @Nullable String user(UndoRecord record) {
        return text(record.before().values(), USER);
    }

    static boolean isNothing(UndoRecord record) {
        return Boolean.TRUE.equals(record.fingerprint().values().get(NOTHING));
    }

    /** Digest of the text that the step left, or meant to leave. */
    static @Nullable String left(UndoRecord record) {
        return text(record.fingerprint().values(), DIGEST);
    }

    /** What a message looks like that was left with a text. */
    static Fingerprint leaves(@Nullable String ts, @Nullable String text) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        put(values, "ts", ts);
        values.put(DIGEST, SlackWords.digest(text));
        return new Fingerprint(values);
    }

    Capture capture(Fingerprint expected) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("channel", this.channel);
        put(values, "ts", this.ts);
        put(values, "thread_ts", this.threadTs);
        put(values, "since", this.since);
        put(values, "marker", this.marker);
        put(values, "text", this.text);
        put(values, "name", this.name);
        return new Capture(new PreState(values), expected);
    }

    private static void put(Map<String, @Nullable Object> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static @Nullable String text(Map<String, @Nullable Object> values, String key) {
        return (values.get(key) instanceof String text) ? text : null;
    }
}
