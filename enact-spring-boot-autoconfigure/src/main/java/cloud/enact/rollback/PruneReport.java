package cloud.enact.rollback;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was pruned.
 *
 * @param connector whose undo data
 * @param before undo data that began before then was to go
 * @param runs how many runs can't be rolled back there any more
 * @param rows how many captured rows were removed
 * @param kept how many old runs stay: a rollback needs them, or they are in use
 */
public record PruneReport(String connector, Instant before, long runs, long rows, long kept) {

    /** A sentence. */
    public String message() {
        String removed = (this.runs == 0)
                ? "nothing was removed"
                : this.rows + " captured rows of " + runs(this.runs) + " were removed";
        return "Undo data of " + this.connector + " from before " + this.before + ": " + removed
                + ((this.kept > 0) ? "; " + runs(this.kept) + " can't go yet." : ".");
    }

    private static String runs(long count) {
        return count + ((count == 1) ? " run" : " runs");
    }

    /** The report as JSON-like values. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("connector", this.connector);
        map.put("before", this.before.toString());
        map.put("runs", this.runs);
        map.put("rows", this.rows);
        map.put("kept", this.kept);
        map.put("message", message());
        return map;
    }
}
