package cloud.enact.receipt;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What signed heads of logs say of the entries that were looked at. Entries behind the newest anchor of their log are
 * exposed: it would not show if they were cut off.
 *
 * @param checkpoints signed heads kept in the store that agree with the entries
 * @param anchors signed heads remembered outside the store that agree with them
 * @param entries how many entries are behind the newest anchor of their log that agrees
 * @param since time of the oldest of these, or {@code null} when there is none
 */
public record Exposure(
        long checkpoints,
        long anchors,
        long entries,
        @Nullable Instant since) {

    private static final Exposure NONE = new Exposure(0, 0, 0, null);

    static Exposure none() {
        return NONE;
    }

    Exposure plus(Exposure other) {
        return new Exposure(
                this.checkpoints + other.checkpoints,
                this.anchors + other.anchors,
                this.entries + other.entries,
                earlier(this.since, other.since));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return (one != null) ? one : other;
        }
        return one.isBefore(other) ? one : other;
    }

    /** A sentence that says it. */
    public String summary() {
        String compared = count(this.checkpoints, "checkpoint") + " in the store and " + count(this.anchors, "anchor")
                + " outside agree";
        if (this.entries == 0) {
            return compared;
        }
        String exposed = count(this.entries, "entry").replace("entrys", "entries")
                + ((this.since != null) ? " since " + Timestamps.format(this.since) : "");
        return compared + "; " + exposed
                + ((this.anchors > 0) ? " behind the newest anchor" : " without an anchor")
                + ": it would not show if the newest of them were cut off";
    }

    private static String count(long count, String what) {
        return count + " " + what + ((count == 1) ? "" : "s");
    }

    Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("checkpoints", this.checkpoints);
        map.put("anchors", this.anchors);
        map.put("entries", this.entries);
        map.put("since", (this.since != null) ? Timestamps.format(this.since) : null);
        return map;
    }
}
