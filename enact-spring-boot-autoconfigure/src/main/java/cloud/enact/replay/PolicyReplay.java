package cloud.enact.replay;

import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptHistory;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks proposed policies about recorded calls, newest first, in bounded memory. Nothing is executed, and nothing is
 * recorded. Thread-safe.
 *
 * <p>Policies see what receipts hold: arguments are masked, long ones are cut, and decimals are texts. Those that look
 * back see what had happened when the call was made.
 */
public final class PolicyReplay {

    /** Calls that a replay looks at when nothing else is said. */
    public static final int DEFAULT_CALLS = 10_000;

    /** Calls that a replay may look at. */
    public static final int MOST_CALLS = 1_000_000;

    /** What Enact calls to see whether its gate is closed is nobody's call. */
    private static final String OWN = "enact.";

    private static final int PAGE = 200;

    /** A call that was measured has two decisions, one soon after the other. */
    private static final int REMEMBERED = 10_000;

    private final ReceiptStore store;

    private final ReceiptContents contents;

    private final ReceiptHistory history;

    /** Creates replays of what a store holds. */
    public PolicyReplay(ReceiptStore store) {
        this(store, ReceiptContents.withoutKeys());
    }

    /**
     * Creates replays of what a store holds.
     *
     * @param contents decrypts it
     */
    public PolicyReplay(ReceiptStore store, ReceiptContents contents) {
        this.store = store;
        this.contents = contents;
        this.history = new ReceiptHistory(() -> store, contents);
    }

    /**
     * Replays.
     *
     * @param proposed the policies to ask
     * @param since calls not before this time
     * @param until calls before this time
     * @param mostCalls look at no more than the newest so many
     */
    public ReplayReport replay(PolicySet proposed, Instant since, Instant until, int mostCalls) {
        if (mostCalls < 1 || mostCalls > MOST_CALLS) {
            throw new IllegalArgumentException("A replay looks at 1 to " + MOST_CALLS + " calls");
        }
        ReceiptFilter filter = ReceiptFilter.builder()
                .kind(ReceiptKind.DECIDED)
                .since(since)
                .until(until)
                .build();
        ReplayTally tally = new ReplayTally();
        Seen seen = new Seen();
        @Nullable ReceiptCursor after = null;
        do {
            ReceiptPage page = this.store.query(filter, after, PAGE);
            for (Receipt receipt : page.receipts()) {
                if (tally.calls() == mostCalls) {
                    return tally.report(proposed.policySet(), since, until, false);
                }
                if (receipt.damage() != null) {
                    tally.addUnreadable();
                } else if (!receipt.action().startsWith(OWN) && seen.isFirst(receipt.actionId())) {
                    replay(receipt, proposed, tally);
                }
            }
            after = page.next();
        } while (after != null);
        return tally.report(proposed.policySet(), since, until, true);
    }

    private void replay(Receipt receipt, PolicySet proposed, ReplayTally tally) {
        Optional<RecordedCall> read = RecordedCall.of(receipt, this.contents);
        if (read.isEmpty()) {
            tally.addUnreadable();
            return;
        }
        RecordedCall call = read.get();
        tally.add(call, proposed.decide(call.request(), this.history.before(receipt.timestamp())));
    }

    /** The newest decision on a call is the one that counted. */
    private static final class Seen extends LinkedHashMap<UUID, Boolean> {

        private boolean isFirst(UUID actionId) {
            return put(actionId, Boolean.TRUE) == null;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
