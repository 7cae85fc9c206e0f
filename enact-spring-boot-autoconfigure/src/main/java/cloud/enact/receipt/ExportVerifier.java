package cloud.enact.receipt;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks exported entries as they come, one by one and in constant memory, without a store. Entries of one log must
 * come in the order of the log. Not thread-safe.
 *
 * <p>As with a store, cutting off the end shows against signed heads only. Every log needs a little memory, and at most
 * {@link #MAX_LOGS} are told apart.
 */
public final class ExportVerifier {

    /** Logs that one export may hold. */
    public static final int MAX_LOGS = 100_000;

    private static final String FIRST = "0".repeat(64);

    private final ReceiptKeys keys;

    private final boolean complete;

    private final Predicate<Receipt> vouched;

    private final Map<String, Place> places = new HashMap<>();

    private final ExportedBeginnings beginnings = new ExportedBeginnings();

    private final Findings findings = new Findings();

    private final SignedHeads heads;

    private Exposure unanchored = Exposure.none();

    private long lines;

    /**
     * Starts a check.
     *
     * @param keys keys that entries may be signed with
     * @param complete whether logs are exported from their first entry on without gaps; otherwise only entries that
     *     stand next to each other are checked for their order
     */
    public ExportVerifier(ReceiptKeys keys, boolean complete) {
        this(keys, complete, SignedHeads.none());
    }

    /**
     * Starts a check.
     *
     * @param keys keys that entries may be signed with
     * @param complete see the other constructor
     * @param heads signed heads that complete logs are compared with
     */
    public ExportVerifier(ReceiptKeys keys, boolean complete, SignedHeads heads) {
        this(keys, complete, heads, entry -> false);
    }

    /**
     * Starts a check of entries that something else than their signature may prove.
     *
     * @param keys keys that entries may be signed with
     * @param complete see the other constructor
     * @param heads signed heads that complete logs are compared with
     * @param vouched whether an entry whose key is not known is proven otherwise, so that this is no problem
     */
    public ExportVerifier(ReceiptKeys keys, boolean complete, SignedHeads heads, Predicate<Receipt> vouched) {
        this.keys = keys;
        this.complete = complete;
        this.heads = heads;
        this.vouched = vouched;
    }

    private record Place(
            long seq, String hash, KeyTrail trail, @Nullable HeadCheck heads) {}

    /**
     * Checks the next entry.
     *
     * @param bytes exactly what was exported of it
     * @return the entry, or {@code null} when it can't be read
     */
    public @Nullable Receipt add(byte[] bytes) {
        this.lines++;
        this.findings.checked();
        Receipt entry;
        try {
            entry = Receipt.parse(bytes);
        } catch (ReceiptFormatException ex) {
            this.findings.add("", this.lines, VerificationState.MALFORMED, "line " + this.lines + " can't be read");
            return null;
        }
        VerificationState state = checkSignature(entry);
        checkPlace(entry, state);
        return entry;
    }

    private VerificationState checkSignature(Receipt entry) {
        VerificationState state = this.keys.stateOf(entry);
        if (state == VerificationState.BAD_SIGNATURE) {
            this.findings.add(entry, state, "its signature does not fit: it was altered or forged");
        } else if (state == VerificationState.UNKNOWN_KEY && !this.vouched.test(entry)) {
            this.findings.add(
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
            this.findings.add(entry, VerificationState.BROKEN_CHAIN, "it stands after entry " + (expected - 1));
            return;
        }
        KeyTrail trail = (before != null) ? before.trail() : new KeyTrail(this.keys);
        if (entry.seq() > expected) {
            // who may sign may have changed in between
            trail.lose();
            if (this.complete && before == null) {
                this.beginnings.begin(entry);
            } else if (this.complete) {
                String missing = (entry.seq() - expected == 1)
                        ? "it is missing"
                        : "entries up to " + (entry.seq() - 1) + " are missing";
                this.findings.add(entry.log(), expected, VerificationState.MISSING, missing);
            }
        } else if (!prev.equals((before != null) ? before.hash() : FIRST)) {
            this.findings.add(
                    entry,
                    VerificationState.BROKEN_CHAIN,
                    (before != null)
                            ? "it does not continue entry " + before.seq() + " as that stands here"
                            : "it is first but names an entry before it");
        }
        KeyTrail.Finding finding = trail.follow(entry, state);
        if (finding != null && !(finding.state() == VerificationState.UNKNOWN_KEY && this.vouched.test(entry))) {
            this.findings.add(entry, finding);
        }
        // what a retired key says of other logs is not believed; that it stands in its place the chain shows
        if (state == VerificationState.VALID && finding == null) {
            this.beginnings.look(entry);
        }
        HeadCheck check = (before != null) ? before.heads() : headsOf(entry.log());
        if (check == null) {
            this.unanchored = this.unanchored.plus(new Exposure(0, 0, 1, entry.timestamp()));
        } else {
            if (entry.seq() > expected) {
                check.gap();
            }
            check.entry(entry);
        }
        this.places.put(entry.log(), new Place(entry.seq(), HexFormat.of().formatHex(entry.hash()), trail, check));
    }

    private @Nullable HeadCheck headsOf(String log) {
        // the tree of a log whose beginning is gone can't be made
        boolean comparable = this.complete && !this.beginnings.isIn(log) && this.heads.mayKnow(log);
        return comparable ? this.heads.check(log, this.findings) : null;
    }

    /** What was found so far; not valid before the first entry. */
    public Verification result() {
        Findings result = this.findings.copy();
        if (this.lines == 0) {
            result.add("", 0, VerificationState.MISSING, "there are no entries");
        }
        if (this.complete) {
            this.heads.anchors().problems().forEach(result::add);
            this.beginnings.end(result);
            this.places.forEach((log, place) -> {
                long newest = this.heads.newest(log);
                if (this.beginnings.isIn(log) && newest > place.seq()) {
                    result.add(
                            log,
                            place.seq() + 1,
                            VerificationState.CUT,
                            "the log was cut: a signed checkpoint says it had " + newest + " entries, and entry "
                                    + place.seq() + " is the last");
                }
                if (place.heads() != null) {
                    place.heads().end(result);
                    result.add(place.heads().exposure());
                }
            });
            this.heads.anchors().logs().stream()
                    .filter(log -> !this.places.containsKey(log))
                    .forEach(log -> this.heads.check(log, result).end(result));
        }
        result.add(this.unanchored);
        return result.result();
    }
}
