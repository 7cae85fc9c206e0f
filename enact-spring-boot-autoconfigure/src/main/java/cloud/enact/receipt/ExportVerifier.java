package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks exported entries as they come, one by one and in constant memory, without a store. Entries of one log must
 * come in the order of the log. Not thread-safe.
 *
 * <p>As with a store, cutting off the end does not show. Every log needs a little memory, and at most
 * {@link #MAX_LOGS} are told apart.
 */
public final class ExportVerifier {

    /** Logs that one export may hold. */
    public static final int MAX_LOGS = 100_000;

    private static final String FIRST = "0".repeat(64);

    private final ReceiptKeys keys;

    private final boolean complete;

    private final Map<String, Place> places = new HashMap<>();

    private final List<VerificationProblem> problems = new ArrayList<>();

    private long problemCount;

    private long checked;

    /**
     * Starts a check.
     *
     * @param keys keys that entries may be signed with
     * @param complete whether logs are exported from their first entry on without gaps; otherwise only entries that
     *     stand next to each other are checked for their order
     */
    public ExportVerifier(ReceiptKeys keys, boolean complete) {
        this.keys = keys;
        this.complete = complete;
    }

    private record Place(long seq, String hash, KeyTrail trail) {}

    /**
     * Checks the next entry.
     *
     * @param bytes exactly what was exported of it
     * @return the entry, or {@code null} when it can't be read
     */
    public @Nullable Receipt add(byte[] bytes) {
        this.checked++;
        Receipt entry;
        try {
            entry = Receipt.parse(bytes);
        } catch (ReceiptFormatException ex) {
            problem("", this.checked, VerificationState.MALFORMED, "line " + this.checked + " can't be read");
            return null;
        }
        VerificationState state = checkSignature(entry);
        checkPlace(entry, state);
        return entry;
    }

    private VerificationState checkSignature(Receipt entry) {
        VerificationState state = this.keys.stateOf(entry);
        if (state == VerificationState.BAD_SIGNATURE) {
            problem(entry, state, "its signature does not fit: it was altered or forged");
        } else if (state == VerificationState.UNKNOWN_KEY) {
            problem(
                    entry,
                    state,
                    "it is signed with key '" + entry.header().kid()
                            + "', which is not configured; add it to the verification keys");
        }
        return state;
    }

    private void checkPlace(Receipt entry, VerificationState state) {
        Place before = this.places.get(entry.log());
        if (before == null && this.places.size() >= MAX_LOGS) {
            throw new ReceiptFormatException("An export holds at most " + MAX_LOGS + " logs; verify it in parts", null);
        }
        long expected = (before != null) ? before.seq() + 1 : 1;
        String prev = entry.header().prev();
        if (entry.seq() < expected) {
            problem(entry, VerificationState.BROKEN_CHAIN, "it stands after entry " + (expected - 1));
            return;
        }
        KeyTrail trail = (before != null) ? before.trail() : new KeyTrail(this.keys);
        if (entry.seq() > expected) {
            // who may sign may have changed in between
            trail.lose();
            if (this.complete) {
                String missing = (entry.seq() - expected == 1)
                        ? "it is missing"
                        : "entries up to " + (entry.seq() - 1) + " are missing";
                problem(entry.log(), expected, VerificationState.MISSING, missing);
            }
        } else if (!prev.equals((before != null) ? before.hash() : FIRST)) {
            problem(
                    entry,
                    VerificationState.BROKEN_CHAIN,
                    (before != null)
                            ? "it does not continue entry " + before.seq() + " as that stands here"
                            : "it is first but names an entry before it");
        }
        KeyTrail.Finding finding = trail.follow(entry, state);
        if (finding != null) {
            problem(entry, finding.state(), finding.detail());
        }
        this.places.put(entry.log(), new Place(entry.seq(), HexFormat.of().formatHex(entry.hash()), trail));
    }

    private void problem(Receipt entry, VerificationState state, String detail) {
        problem(entry.log(), entry.seq(), state, detail);
    }

    private void problem(String log, long seq, VerificationState state, String detail) {
        this.problemCount++;
        if (this.problems.size() < Verification.MAX_PROBLEMS) {
            this.problems.add(new VerificationProblem(log, seq, state, detail));
        }
    }

    /** What was found so far; not valid before the first entry. */
    public Verification result() {
        if (this.checked == 0) {
            return new Verification(
                    0, List.of(new VerificationProblem("", 0, VerificationState.MISSING, "there are no entries")), 1);
        }
        return new Verification(this.checked, this.problems, this.problemCount);
    }
}
