package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that receipts are what was signed, and stand where they were put. Thread-safe.
 *
 * <p>A whole log shows every altered, dropped, exchanged, repeated or inserted entry, and every entry of another log.
 * That its last entries were cut off, that the whole store was put back to an earlier day, or that its history was
 * signed anew with the true key shows against {@link SignedHeads}: up to the newest of them, and behind it not, which
 * {@link Verification#exposure()} tells.
 */
public final class ReceiptVerifier {

    private final ReceiptStore store;

    private final ReceiptKeys keys;

    private final EntryCheck entries;

    private final SignedHeads heads;

    private final @Nullable ReceiptContents contents;

    /** A verifier that compares with no signed heads. */
    public ReceiptVerifier(ReceiptStore store, ReceiptKeys keys) {
        this(store, keys, SignedHeads.none());
    }

    /**
     * A verifier.
     *
     * @param store where entries are
     * @param keys keys they may be signed with
     * @param heads signed heads that whole logs are compared with
     */
    public ReceiptVerifier(ReceiptStore store, ReceiptKeys keys, SignedHeads heads) {
        this(store, keys, heads, null);
    }

    private ReceiptVerifier(
            ReceiptStore store, ReceiptKeys keys, SignedHeads heads, @Nullable ReceiptContents contents) {
        this.store = store;
        this.keys = keys;
        this.entries = new EntryCheck(keys);
        this.heads = heads;
        this.contents = contents;
    }

    /** This verifier, with other signed heads to compare with. */
    public ReceiptVerifier with(SignedHeads heads) {
        return new ReceiptVerifier(this.store, this.keys, heads, this.contents);
    }

    /** This verifier, whose views say what encrypted entries say. */
    public ReceiptVerifier decrypting(ReceiptContents contents) {
        return new ReceiptVerifier(this.store, this.keys, this.heads, contents);
    }

    /** Checks one entry by itself: form and signature, not its place. */
    public VerificationState verify(Receipt receipt) {
        return this.keys.stateOf(receipt);
    }

    /**
     * Checks the entries of a run: each by itself, its link to the entry before it, and the link of the entry after
     * it. This is a check in part: the store says which entries are of the run, so one that was hidden from that
     * search, or cut out together with its neighbours, is not noticed here. {@link #verifyLog(String)} finds it.
     *
     * @return not valid for a run without entries
     */
    public Verification verify(RunId runId) {
        return verify(this.store.findByRun(runId));
    }

    private Verification verify(List<Receipt> entries) {
        Findings findings = new Findings();
        Set<String> places = new HashSet<>();
        KeyPlaces changes = new KeyPlaces(this.store, this.keys);
        for (Receipt entry : entries) {
            findings.checked();
            this.entries.check(entry, changes.trailBefore(entry.log(), entry.seq(), findings::add), findings);
            if (!places.add(entry.log() + " " + entry.seq())) {
                findings.add(entry, VerificationState.MALFORMED, "its place is taken twice");
            }
            this.entries.checkLink(hashBefore(entry), entry, findings);
            this.store.find(entry.log(), entry.seq() + 1).ifPresent(next -> {
                if (next.damage() != null) {
                    findings.add(next, VerificationState.MALFORMED, "it can't be read, and should follow the run");
                } else {
                    this.entries.checkLink(EntryCheck.hash(entry), next, findings);
                }
            });
        }
        if (entries.isEmpty()) {
            findings.add("", 0, VerificationState.MISSING, "the run has no entries");
        }
        return findings.result();
    }

    /**
     * A run with its entries and what a check of them found, in part as {@link #verify(RunId)} does.
     *
     * @return empty when there is no such run
     */
    public Optional<RunView> view(RunId runId) {
        List<Receipt> entries = this.store.findByRun(runId);
        return entries.isEmpty() ? Optional.empty() : Optional.of(RunView.of(entries, verify(entries), this.contents));
    }

    /** Hash of the entry before another one, which retention may have removed; {@code null} when it is missing. */
    private @Nullable String hashBefore(Receipt entry) {
        if (entry.seq() <= 1) {
            return null;
        }
        Optional<Receipt> before = this.store.find(entry.log(), entry.seq() - 1);
        if (before.isPresent()) {
            return EntryCheck.hash(before.get());
        }
        LogPosition beginning = PrunedEntries.beginning(this.store, this.keys, entry.log());
        return (beginning.next() == entry.seq()) ? beginning.lastHash() : null;
    }

    /** Checks a whole log in constant memory. */
    public Verification verifyLog(String log) {
        return verifyLog(log, 1, Long.MAX_VALUE);
    }

    /**
     * Checks what a log holds from a place on, with the link to the entry before it, in constant memory, and shows each
     * entry on the way. What was found of a run so is all of it, up to the end of the log, whatever else the store says
     * of its entries, once the result is valid.
     *
     * @param fromSeq first place to check, from 1 on
     * @param visitor gets each entry, in ascending sequence, with the very bytes that were checked; damaged, forged and
     *     repeated ones, too, so believe nothing before the result is known
     */
    public Verification verifyLog(String log, long fromSeq, Consumer<Receipt> visitor) {
        return verifyLog(log, fromSeq, Long.MAX_VALUE, visitor);
    }

    /**
     * Checks a part of a log, with the link of its first entry to the one before it.
     *
     * @param fromSeq first place to check, from 1 on
     * @param toSeq last place to check; the log may end before
     */
    public Verification verifyLog(String log, long fromSeq, long toSeq) {
        return verifyLog(log, fromSeq, toSeq, entry -> {});
    }

    private Verification verifyLog(String log, long fromSeq, long toSeq, Consumer<Receipt> visitor) {
        Findings findings = new Findings();
        long next = Math.max(1, fromSeq);
        LogPosition position =
                (next == 1) ? PrunedEntries.beginning(this.store, this.keys, log) : position(log, next, findings);
        new LogCheck(this.store, this.keys, position, this.heads, null, toSeq, findings, visitor).run();
        return findings.result();
    }

    /** The whole log shows by itself where its keys changed; for a part of it the search has to tell. */
    private LogPosition position(String log, long seq, Findings findings) {
        Receipt previous = this.store.find(log, seq - 1).orElse(null);
        if (previous == null) {
            LogPosition beginning = PrunedEntries.beginning(this.store, this.keys, log);
            if (beginning.next() == seq) {
                return beginning;
            }
        }
        KeyTrail trail = new KeyPlaces(this.store, this.keys).trailBefore(log, seq, findings::add);
        if (previous != null && !KeyChange.isIn(previous) && verify(previous) == VerificationState.VALID) {
            KeyTrail.Finding finding = trail.follow(previous, VerificationState.VALID);
            if (finding != null) {
                findings.add(previous, finding);
            }
        }
        return LogPosition.at(log, trail, seq, previous);
    }

    /** Checks every log of the store, and that every log is there of which an anchor is known. */
    public Verification verifyAll() {
        Findings findings = new Findings();
        this.heads.anchors().problems().forEach(findings::add);
        Set<String> logs = new TreeSet<>(this.store.logs());
        logs.addAll(this.heads.anchors().logs());
        for (String log : logs) {
            findings.add(verifyLog(log));
        }
        return findings.result();
    }
}
