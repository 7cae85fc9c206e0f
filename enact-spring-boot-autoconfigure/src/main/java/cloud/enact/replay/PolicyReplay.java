package cloud.enact.replay;

import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptHistory;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
        return replay(List.of(proposed), since, until, mostCalls).get(0);
    }

    /**
     * Replays for several sets of policies, each by itself, and reads what happened once.
     *
     * @param proposed the sets to ask, one at least
     * @param since calls not before this time
     * @param until calls before this time
     * @param mostCalls look at no more than the newest so many
     * @return a report for each set, in their order
     */
    public List<ReplayReport> replay(List<PolicySet> proposed, Instant since, Instant until, int mostCalls) {
        if (proposed.isEmpty()) {
            throw new IllegalArgumentException("A replay asks one set of policies at least");
        }
        if (mostCalls < 1 || mostCalls > MOST_CALLS) {
            throw new IllegalArgumentException("A replay looks at 1 to " + MOST_CALLS + " calls");
        }
        ReceiptFilter filter = ReceiptFilter.builder()
                .kind(ReceiptKind.DECIDED)
                .since(since)
                .until(until)
                .build();
        List<Asked> asked = proposed.stream()
                .map(policies -> new Asked(policies, new ReplayTally()))
                .toList();
        // all look at the same calls
        ReplayTally any = asked.get(0).tally();
        Seen seen = new Seen();
        for (Receipt receipt : this.store.all(filter, PAGE)) {
            if (any.calls() == mostCalls) {
                return reports(asked, since, until, false);
            }
            if (receipt.damage() != null) {
                asked.forEach(each -> each.tally().addUnreadable());
            } else if (!receipt.action().startsWith(OWN) && seen.isFirst(receipt.actionId())) {
                replay(receipt, asked);
            }
        }
        return reports(asked, since, until, true);
    }

    private void replay(Receipt receipt, List<Asked> asked) {
        Optional<RecordedCall> read = RecordedCall.of(receipt, this.contents);
        if (read.isEmpty()) {
            asked.forEach(each -> each.tally().addUnreadable());
            return;
        }
        RecordedCall call = read.get();
        for (Asked each : asked) {
            ActionHistory before = this.history.before(receipt.timestamp());
            each.tally().add(call, each.policies().decide(call.request(), before));
        }
    }

    private static List<ReplayReport> reports(List<Asked> asked, Instant since, Instant until, boolean complete) {
        return asked.stream()
                .map(each -> each.tally().report(each.policies().policySet(), since, until, complete))
                .toList();
    }

    /** Policies that are asked, and what they said. */
    private record Asked(PolicySet policies, ReplayTally tally) {}

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
