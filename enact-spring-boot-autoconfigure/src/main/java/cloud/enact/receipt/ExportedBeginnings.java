package cloud.enact.receipt;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the logs of an export begin, if not with their first entry: retention removed what was before, and a signed
 * receipt in the same export must say so. Not thread-safe.
 */
final class ExportedBeginnings {

    private final Map<String, Beginning> beginnings = new HashMap<>();

    private final Map<String, End> pruned = new HashMap<>();

    /**
     * The first entry of a log that is here.
     *
     * @param kid its key, or {@code null} when it may be another one than before
     */
    private record Beginning(
            String log, long seq, String prev, @Nullable String kid, String alg) {}

    /** The last entry that was removed. */
    private record End(String hash, String kid, String alg) {}

    /** A log begins here, with another entry than its first. */
    void begin(Receipt entry) {
        ReceiptHeader header = entry.header();
        this.beginnings.put(
                entry.log(),
                new Beginning(
                        entry.log(),
                        entry.seq(),
                        header.prev(),
                        KeyChange.isIn(entry) ? null : header.kid(),
                        header.alg()));
    }

    /** Whether a log does. */
    boolean isIn(String log) {
        return this.beginnings.containsKey(log);
    }

    /** Looks whether a genuine entry says what was removed. */
    void look(Receipt entry) {
        PrunedEntries entries = PrunedEntries.in(entry);
        if (entries != null && this.pruned.size() < ExportVerifier.MAX_LOGS) {
            this.pruned.put(
                    place(entries.log(), entries.lastSeq()), new End(entries.lastHash(), entries.kid(), entries.alg()));
        }
    }

    private static String place(String log, long seq) {
        return log + '/' + seq;
    }

    /** Reports what is missing, or signed with another key than was in force. */
    void end(Findings findings) {
        this.beginnings.values().forEach(beginning -> {
            End end = this.pruned.get(place(beginning.log(), beginning.seq() - 1));
            if (end == null || !end.hash().equals(beginning.prev())) {
                findings.add(
                        beginning.log(),
                        1,
                        VerificationState.MISSING,
                        (beginning.seq() == 2)
                                ? "it is missing"
                                : "entries up to " + (beginning.seq() - 1) + " are missing");
            } else if (beginning.kid() != null
                    && !(beginning.kid().equals(end.kid()) && beginning.alg().equals(end.alg()))) {
                findings.add(
                        beginning.log(),
                        beginning.seq(),
                        VerificationState.KEY_NOT_IN_FORCE,
                        "it is signed with key '" + beginning.kid() + "' although '" + end.kid() + "' was in force");
            }
        });
    }
}
