package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that receipts are what was signed, and stand where they were put. Thread-safe.
 *
 * <p>A whole log shows every altered, dropped, exchanged, repeated or inserted entry, and every entry of another log. It
 * does not show that its last entries were cut off, or that the whole store was put back to an earlier day: for that the
 * end of the log must be known from somewhere else.
 */
public final class ReceiptVerifier {

    private static final int PAGE = 500;

    private static final String NO_PREDECESSOR = "0".repeat(64);

    private final ReceiptStore store;

    private final ReceiptKeys keys;

    public ReceiptVerifier(ReceiptStore store, ReceiptKeys keys) {
        this.store = store;
        this.keys = keys;
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
            findings.checked++;
            checkEntry(entry, changes.trailBefore(entry.log(), entry.seq(), findings::add), findings);
            if (!places.add(entry.log() + " " + entry.seq())) {
                findings.add(entry, VerificationState.MALFORMED, "its place is taken twice");
            }
            checkLink(predecessor(entry), entry, findings);
            this.store.find(entry.log(), entry.seq() + 1).ifPresent(next -> {
                if (next.damage() != null) {
                    findings.add(next, VerificationState.MALFORMED, "it can't be read, and should follow the run");
                } else {
                    checkLink(entry, next, findings);
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
        return entries.isEmpty() ? Optional.empty() : Optional.of(RunView.of(entries, verify(entries)));
    }

    private @Nullable Receipt predecessor(Receipt entry) {
        return (entry.seq() > 1) ? this.store.find(entry.log(), entry.seq() - 1).orElse(null) : null;
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
        Receipt previous = (next > 1) ? this.store.find(log, next - 1).orElse(null) : null;
        KeyTrail trail = trailBefore(log, next, previous, findings);
        if (next == 1) {
            checkNothingBeforeFirst(log, findings);
        }
        while (next <= toSeq) {
            List<Receipt> page = this.store.read(log, next, PAGE);
            long start = next;
            for (Receipt entry : page) {
                if (entry.seq() > toSeq) {
                    return findings.result();
                }
                if (entry.seq() < next) {
                    findings.add(entry, VerificationState.MALFORMED, "its place is taken twice");
                    visitor.accept(entry);
                    continue;
                }
                if (entry.seq() > next) {
                    findings.add(log, next, VerificationState.MISSING, gap(next, entry.seq()));
                    trail.lose();
                }
                findings.checked++;
                checkEntry(entry, trail, findings);
                checkLink((entry.seq() == next) ? previous : null, entry, findings);
                visitor.accept(entry);
                if (entry.seq() == Long.MAX_VALUE) {
                    return findings.result();
                }
                previous = entry;
                next = entry.seq() + 1;
            }
            if (next == start) {
                // the log ended, or a store with a broken index goes in circles
                break;
            }
        }
        return findings.result();
    }

    /** The whole log shows by itself where its keys changed; for a part of it the search has to tell. */
    private KeyTrail trailBefore(String log, long seq, @Nullable Receipt previous, Findings findings) {
        if (seq == 1) {
            return new KeyTrail(this.keys);
        }
        KeyTrail trail = new KeyPlaces(this.store, this.keys).trailBefore(log, seq, findings::add);
        if (previous != null && !KeyChange.isIn(previous) && verify(previous) == VerificationState.VALID) {
            KeyTrail.Finding finding = trail.follow(previous, VerificationState.VALID);
            if (finding != null) {
                findings.add(previous, finding);
            }
        }
        return trail;
    }

    private void checkNothingBeforeFirst(String log, Findings findings) {
        this.store.read(log, Long.MIN_VALUE, 1).stream()
                .filter(entry -> entry.seq() < 1)
                .forEach(entry -> findings.add(entry, VerificationState.MALFORMED, "no log has such a place"));
    }

    /** Checks every log of the store. */
    public Verification verifyAll() {
        Findings findings = new Findings();
        for (String log : this.store.logs()) {
            findings.add(verifyLog(log));
        }
        return findings.result();
    }

    private static String gap(long from, long until) {
        return (until - from == 1) ? "it is missing" : "entries up to " + (until - 1) + " are missing";
    }

    private void checkEntry(Receipt entry, KeyTrail trail, Findings findings) {
        VerificationState state = verify(entry);
        switch (state) {
            case MALFORMED -> findings.add(entry, state, "it can't be read: " + entry.damage());
            case BAD_SIGNATURE -> findings.add(entry, state, "its signature does not fit: it was altered or forged");
            case UNKNOWN_KEY ->
                findings.add(
                        entry,
                        state,
                        "it is signed with key '" + entry.header().kid()
                                + "', which is not configured; add it to the verification keys");
            case VALID, KEY_NOT_IN_FORCE, UNPROVEN_KEY, BROKEN_CHAIN, MISSING -> {}
        }
        KeyTrail.Finding finding = trail.follow(entry, state);
        if (finding != null) {
            findings.add(entry, finding);
        }
    }

    private static void checkLink(@Nullable Receipt previous, Receipt entry, Findings findings) {
        if (entry.damage() != null) {
            return;
        }
        String prev = entry.header().prev();
        if (entry.seq() == 1) {
            if (!prev.equals(NO_PREDECESSOR)) {
                findings.add(entry, VerificationState.BROKEN_CHAIN, "it is first but names an entry before it");
            }
        } else if (previous == null) {
            findings.add(entry, VerificationState.BROKEN_CHAIN, "the entry before it is missing");
        } else if (!prev.equals(HexFormat.of().formatHex(previous.hash()))) {
            findings.add(
                    entry,
                    VerificationState.BROKEN_CHAIN,
                    "it does not continue entry " + previous.seq() + " as that stands now");
        }
    }

    private static final class Findings {

        private final List<VerificationProblem> problems = new ArrayList<>();

        private long count;

        private long checked;

        private void add(Receipt entry, VerificationState state, String detail) {
            add(entry.log(), entry.seq(), state, detail);
        }

        private void add(Receipt entry, KeyTrail.Finding finding) {
            add(entry, finding.state(), finding.detail());
        }

        private void add(String log, long seq, VerificationState state, String detail) {
            this.count++;
            if (this.problems.size() < Verification.MAX_PROBLEMS) {
                this.problems.add(new VerificationProblem(log, seq, state, detail));
            }
        }

        private void add(Verification other) {
            this.checked += other.checked();
            this.count += other.problemCount();
            int room = Verification.MAX_PROBLEMS - this.problems.size();
            this.problems.addAll(
                    other.problems().subList(0, Math.min(room, other.problems().size())));
        }

        private Verification result() {
            return new Verification(this.checked, this.problems, this.count);
        }
    }
}
