package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds calls that were let through and whose outcome was lost, by a crash or a failing store. Thread-safe. */
public final class InDoubtRuns {

    /** Calls that are listed at most. */
    public static final int MAX = 1000;

    private static final int PAGE = 500;

    private final ReceiptStore store;

    private final String ownLog;

    /**
     * Makes the search.
     *
     * @param store holds the receipts; other processes may share it
     * @param ownLog the log that this process writes
     */
    public InDoubtRuns(ReceiptStore store, String ownLog) {
        this.store = store;
        this.ownLog = ownLog;
    }

    /**
     * The decisions in doubt, oldest first, at most {@link #MAX}. What has no outcome in a log that another process
     * writes at this moment is not among them: it may be running there, and that process knows.
     *
     * @param inFlight whether an action of that id still runs in this process
     */
    public List<Receipt> find(Predicate<UUID> inFlight) {
        Map<String, Boolean> elsewhere = new HashMap<>();
        Set<Receipt> found = open(receipt -> !inFlight.test(receipt.actionId())
                && !elsewhere.computeIfAbsent(receipt.log(), this::isWrittenElsewhere));
        // what had no outcome yet may have ended before it was asked whether it runs
        return found.isEmpty() ? List.of() : List.copyOf(open(found::contains));
    }

    private Set<Receipt> open(Predicate<Receipt> wanted) {
        Set<Receipt> found = new LinkedHashSet<>();
        Set<ReceiptCursor> ends = new HashSet<>();
        @Nullable ReceiptCursor after = null;
        while (true) {
            List<Receipt> page = this.store.findOpen(after, PAGE);
            for (Receipt receipt : page) {
                if (wanted.test(receipt)) {
                    found.add(receipt);
                    if (found.size() == MAX) {
                        return found;
                    }
                }
            }
            // the list is not signed: times that were changed in it must not lead in circles
            if (page.size() < PAGE || !ends.add(ReceiptCursor.of(page.get(PAGE - 1)))) {
                return found;
            }
            after = ReceiptCursor.of(page.get(PAGE - 1));
        }
    }

    /**
     * Whether an action of a run has an outcome on record by now, or was reconciled.
     *
     * @param runId the run
     * @param actionId the action
     */
    public boolean isSettled(RunId runId, UUID actionId) {
        for (ReceiptKind kind : ReceiptKind.values()) {
            if (kind.settles() && isOnRecord(runId, actionId, kind)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOnRecord(RunId runId, UUID actionId, ReceiptKind kind) {
        ReceiptFilter filter = ReceiptFilter.builder().run(runId).kind(kind).build();
        for (Receipt receipt : this.store.all(filter, PAGE)) {
            if (receipt.actionId().equals(actionId)) {
                return true;
            }
        }
        return false;
    }

    /** Whether another process writes that log at this moment, so that its actions may be running there. */
    public boolean isWrittenElsewhere(String log) {
        return !log.equals(this.ownLog) && this.store.isLeased(log);
    }
}
