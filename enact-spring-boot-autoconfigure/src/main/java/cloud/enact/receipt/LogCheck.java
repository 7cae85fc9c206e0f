package cloud.enact.receipt;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A check of one log, page after page, in constant memory. Not thread-safe. */
final class LogCheck {

    private static final int PAGE = 500;

    private final ReceiptStore store;

    private final EntryCheck entries;

    private final Findings findings;

    private final Consumer<Receipt> visitor;

    private final LogPosition position;

    /** {@code null} for a part that does not begin where a tree over all before it is known. */
    private final @Nullable HeadCheck heads;

    private final long toSeq;

    private @Nullable LogPosition checkpointed;

    private @Nullable LogPosition anchored;

    private boolean ended;

    /**
     * Begins a check.
     *
     * @param position where to begin; moved along
     * @param seen what the log was seen to be before, or {@code null}
     * @param toSeq last place to check; the log may end before
     */
    LogCheck(
            ReceiptStore store,
            ReceiptKeys keys,
            LogPosition position,
            SignedHeads heads,
            @Nullable SeenLog seen,
            long toSeq,
            Findings findings,
            Consumer<Receipt> visitor) {
        this.store = store;
        this.entries = new EntryCheck(keys);
        this.position = position;
        this.toSeq = toSeq;
        this.findings = findings;
        this.visitor = visitor;
        MerkleTree tree = position.tree();
        this.heads = (tree != null) ? heads.check(position, tree, seen, findings) : null;
        if (position.next() == 1) {
            checkNothingBeforeFirst();
        }
    }

    private void checkNothingBeforeFirst() {
        this.store.read(this.position.log(), Long.MIN_VALUE, 1).stream()
                .filter(entry -> entry.seq() < 1)
                .forEach(entry -> this.findings.add(entry, VerificationState.MALFORMED, "no log has such a place"));
    }

    /** Checks what is left. */
    void run() {
        try (PagesAhead pages = new PagesAhead(this::pageFrom, PAGE)) {
            while (page(pages::read) > 0) {
                // the next page
            }
        }
    }

    /**
     * Checks a page.
     *
     * @return how many entries were looked at; 0 when there are no more
     */
    int page() {
        return page(this::pageFrom);
    }

    private List<Receipt> pageFrom(long seq) {
        return this.store.read(this.position.log(), seq, PAGE);
    }

    private int page(LongFunction<List<Receipt>> entriesFrom) {
        if (this.ended) {
            return 0;
        }
        long start = this.position.next();
        List<Receipt> page = (start <= this.toSeq) ? entriesFrom.apply(start) : List.<Receipt>of();
        for (Receipt entry : page) {
            if (entry.seq() > this.toSeq) {
                break;
            }
            entry(entry);
            if (entry.seq() == Long.MAX_VALUE) {
                end(true);
                return page.size();
            }
        }
        if (this.position.next() > this.toSeq) {
            end(false);
        } else if (page.isEmpty() && grewMeanwhile(start)) {
            return 1;
        } else if (this.position.next() == start) {
            // the log ended, or a store with a broken index goes in circles
            end(true);
        }
        return page.size();
    }

    /** A head that was read after the last page may speak of entries that were appended after it, too. */
    private boolean grewMeanwhile(long start) {
        return this.heads != null
                && this.heads.expectsMore()
                && !this.store.read(this.position.log(), start, 1).isEmpty();
    }

    private void entry(Receipt entry) {
        long next = this.position.next();
        if (entry.seq() < next) {
            this.findings.add(entry, VerificationState.MALFORMED, "its place is taken twice");
            this.visitor.accept(entry);
            return;
        }
        boolean gap = entry.seq() > next;
        if (gap) {
            String missing =
                    (entry.seq() - next == 1) ? "it is missing" : "entries up to " + (entry.seq() - 1) + " are missing";
            this.findings.add(this.position.log(), next, VerificationState.MISSING, missing);
            this.position.trail().lose();
            if (this.heads != null) {
                this.heads.gap();
            }
        }
        this.findings.checked();
        this.entries.check(entry, this.position.trail(), this.findings);
        this.entries.checkLink(gap ? null : this.position.lastHash(), entry, this.findings);
        HeadCheck.Agreement agreement = (this.heads != null) ? this.heads.entry(entry) : HeadCheck.Agreement.NONE;
        this.visitor.accept(entry);
        this.position.moveBehind(entry);
        mark(agreement);
    }

    private void mark(HeadCheck.Agreement agreement) {
        if (agreement == HeadCheck.Agreement.NONE || this.heads == null) {
            return;
        }
        LogPosition here = this.position.copy();
        here.compared(this.heads.exposure());
        this.checkpointed = here;
        if (agreement == HeadCheck.Agreement.ANCHOR) {
            this.anchored = here;
        }
    }

    /** Behind the newest anchor that agrees, or the newest checkpoint where there is none; {@code null} without both. */
    @Nullable
    LogPosition agreed() {
        return (this.anchored != null) ? this.anchored : this.checkpointed;
    }

    /** Whether that is an anchor. */
    boolean isAnchored() {
        return this.anchored != null;
    }

    /** The log as it was seen now. */
    SeenLog seen() {
        MerkleTree tree = this.position.tree();
        if (tree == null) {
            throw new IllegalStateException("A part of a log is not the log");
        }
        return new SeenLog(tree.size(), tree.root());
    }

    private void end(boolean whole) {
        this.ended = true;
        if (this.heads != null) {
            if (whole) {
                this.heads.end(this.findings);
            }
            this.findings.add(this.heads.exposure());
        }
    }
}
