package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds calls that were let through and whose outcome was lost, by a crash or a failing store. Thread-safe. */
public final class InDoubtRuns {

    /** Calls that are listed at most. */
    public static final int MAX = 1000;

    private static final int PAGE = 500;

    private final ReceiptStore store;

    public InDoubtRuns(ReceiptStore store) {
        this.store = store;
    }

    /**
     * The decisions in doubt, oldest first, at most {@link #MAX}.
     *
     * @param inFlight whether an action of that id still runs, here or in another process that shares the store
     */
    public List<Receipt> find(Predicate<UUID> inFlight) {
        List<Receipt> found = new ArrayList<>();
        @Nullable ReceiptCursor after = null;
        while (true) {
            List<Receipt> page = this.store.findOpen(after, PAGE);
            for (Receipt receipt : page) {
                if (!inFlight.test(receipt.actionId())) {
                    found.add(receipt);
                    if (found.size() == MAX) {
                        return List.copyOf(found);
                    }
                }
            }
            if (page.size() < PAGE) {
                return List.copyOf(found);
            }
            after = ReceiptCursor.of(page.get(page.size() - 1));
        }
    }
}
