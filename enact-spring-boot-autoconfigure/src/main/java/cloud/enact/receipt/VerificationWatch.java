package cloud.enact.receipt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Verifies every log of a store again and again, at a pace that leaves the machine to others: mostly what came since
 * the newest anchor, and everything now and then. What it saw itself it remembers: a log that is shorter or another one
 * than before is a problem until this process ends, with or without anchors. One pass at a time. Thread-safe.
 */
public final class VerificationWatch implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(VerificationWatch.class);

    /** Of further logs nothing is remembered: each pass verifies all of them. */
    private static final int MAX_LOGS = 10_000;

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ReceiptStore store;

    private final ReceiptKeys keys;

    private final SignedHeads heads;

    private final CheckpointKeys checkpointKeys;

    private final List<AnchorSource> sources;

    private final Duration fullInterval;

    private final Pace pace;

    private final Clock clock;

    private final List<VerificationListener> listeners;

    /** Whoever makes a pass has it. */
    private final Semaphore turn = new Semaphore(1);

    /** Only the pass at work touches what is remembered. */
    private final Map<String, LogPosition> agreed = new HashMap<>();

    private final Set<String> anchored = new TreeSet<>();

    private final Map<String, SeenLog> seen = new HashMap<>();

    private volatile VerificationStatus status = new VerificationStatus(0, 0, null, null, null);

    /**
     * Makes a watch.
     *
     * @param store whose logs are verified
     * @param keys keys that entries may be signed with
     * @param checkpointKeys keys that checkpoints may be signed with
     * @param sources places outside the store that can show the checkpoints they remember
     * @param fullInterval how often everything is verified
     * @param perSecond how many entries are verified in a second at most
     * @param clock tells when
     * @param listeners hear of each pass
     */
    public VerificationWatch(
            ReceiptStore store,
            ReceiptKeys keys,
            CheckpointKeys checkpointKeys,
            List<? extends AnchorSource> sources,
            Duration fullInterval,
            int perSecond,
            Clock clock,
            List<VerificationListener> listeners) {
        this(
                store,
                keys,
                checkpointKeys,
                sources,
                fullInterval,
                new Pace(perSecond, System::nanoTime),
                clock,
                listeners);
    }

    VerificationWatch(
            ReceiptStore store,
            ReceiptKeys keys,
            CheckpointKeys checkpointKeys,
            List<? extends AnchorSource> sources,
            Duration fullInterval,
            Pace pace,
            Clock clock,
            List<VerificationListener> listeners) {
        this.store = store;
        this.keys = keys;
        this.checkpointKeys = checkpointKeys;
        this.heads = SignedHeads.of(checkpointKeys, store);
        this.sources = List.copyOf(sources);
        this.fullInterval = fullInterval;
        this.pace = pace;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Makes a pass, on the calling thread; does nothing while another one is at work, or after {@link #close}. Never
     * throws: what can't be read is told by {@link #status()}.
     */
    public void pass() {
        if (!this.turn.tryAcquire()) {
            return;
        }
        try {
            Instant started = this.clock.instant();
            VerificationReport report = pass(started, isFullDue(started));
            if (report != null) {
                ended(report);
            }
        } catch (RuntimeException | LinkageError ex) {
            failed(ex);
        } finally {
            this.turn.release();
        }
    }

    private boolean isFullDue(Instant now) {
        Instant last = this.status.lastFull();
        return last == null || !now.isBefore(last.plus(this.fullInterval));
    }

    private @Nullable VerificationReport pass(Instant started, boolean full) {
        if (full) {
            this.agreed.clear();
            this.anchored.clear();
        }
        Anchors anchors = Anchors.read(this.sources, this.checkpointKeys, this::comparedUpTo);
        SignedHeads heads = this.heads.with(anchors);
        Findings findings = new Findings();
        anchors.problems().forEach(findings::add);
        Set<String> logs = new TreeSet<>(this.store.logs());
        logs.addAll(anchors.logs());
        logs.addAll(this.seen.keySet());
        for (String log : logs) {
            if (!check(log, heads, findings)) {
                return null;
            }
        }
        return new VerificationReport(full, started, this.clock.instant(), findings.result());
    }

    private long comparedUpTo(String log) {
        LogPosition position = this.agreed.get(log);
        MerkleTree tree = (position != null) ? position.tree() : null;
        return (tree != null) ? tree.size() : 0;
    }

    /** Checks a log, and says whether to go on. */
    private boolean check(String log, SignedHeads heads, Findings all) {
        long start = this.pace.now();
        Findings findings = new Findings();
        SeenLog seen = this.seen.get(log);
        // first what was promised, then what is there: what is promised meanwhile is for the next pass
        long promised = Math.max(heads.newest(log), (seen != null) ? seen.size() : 0);
        // a log that grows faster than it is verified must not keep the others waiting for ever
        long end = Math.max(promised, this.store.head(log).map(Receipt::seq).orElse(0L));
        LogPosition position = position(log);
        requireStillThere(position, findings);
        LogCheck check = new LogCheck(this.store, this.keys, position, heads, seen, end, findings, entry -> {});
        long looked = 0;
        for (int entries = check.page(); entries > 0; entries = check.page()) {
            looked += entries;
            if (!this.pace.after(looked, start)) {
                return false;
            }
        }
        Verification result = findings.result();
        all.add(result);
        remember(log, check, result.valid());
        return true;
    }

    private LogPosition position(String log) {
        LogPosition agreed = this.agreed.get(log);
        if (agreed != null && this.store.find(log, agreed.next() - 1).isPresent()) {
            return agreed.copy();
        }
        LogPosition beginning = PrunedEntries.beginning(this.store, this.keys, log);
        return (agreed != null && agreed.next() > beginning.next()) ? agreed.copy() : beginning;
    }

    /** What was verified up to a place may be gone since. */
    private void requireStillThere(LogPosition position, Findings findings) {
        long last = position.next() - 1;
        if (last == 0) {
            return;
        }
        String hash = EntryCheck.hash(this.store.find(position.log(), last).orElse(null));
        if (hash == null && isPruned(position)) {
            return;
        }
        if (hash == null) {
            findings.add(
                    position.log(), last, VerificationState.CUT, "the log was cut: it was verified up to this entry");
        } else if (!hash.equals(position.lastHash())) {
            findings.add(
                    position.log(),
                    last,
                    VerificationState.OTHER_HISTORY,
                    "it is another entry than was verified here before");
        }
    }

    private boolean isPruned(LogPosition position) {
        return PrunedEntries.find(this.store, this.keys, position.log(), position.next() - 1)
                .filter(pruned -> pruned.lastHash().equals(position.lastHash()))
                .isPresent();
    }

    private void remember(String log, LogCheck check, boolean valid) {
        if (!valid) {
            // found again in the next pass, or gone because somebody put it right
            this.agreed.remove(log);
            this.anchored.remove(log);
            return;
        }
        LogPosition agreed = check.agreed();
        // anchors arrive late: those of places before the newest that agrees must still be compared
        boolean room = this.agreed.containsKey(log) || this.agreed.size() < MAX_LOGS;
        if (agreed != null && room && (check.isAnchored() || !this.anchored.contains(log))) {
            this.agreed.put(log, agreed);
            if (check.isAnchored()) {
                this.anchored.add(log);
            }
        }
        if (this.seen.containsKey(log) || this.seen.size() < MAX_LOGS) {
            this.seen.put(log, check.seen());
        }
    }

    private void ended(VerificationReport report) {
        VerificationStatus before = this.status;
        this.status = new VerificationStatus(
                before.passes() + 1,
                before.entries() + report.verification().checked(),
                report,
                report.full() ? report.ended() : before.lastFull(),
                null);
        String problem = this.status.problem();
        if (problem != null && !problem.equals(before.problem())) {
            logger.error("The receipts don't verify: " + problem + ". Keep the store as evidence");
        }
        for (VerificationListener listener : this.listeners) {
            try {
                listener.verified(report);
            } catch (RuntimeException ex) {
                logger.warn(
                        "A listener of verifications failed (" + ex.getClass().getName() + ")");
            }
        }
    }

    private void failed(Throwable ex) {
        String error = String.valueOf((ex.getMessage() != null) ? ex.getMessage() : ex);
        VerificationStatus before = this.status;
        if (!error.equals(before.lastError())) {
            logger.warn("The receipts could not be verified, which is tried again: " + error);
        }
        this.status =
                new VerificationStatus(before.passes(), before.entries(), before.last(), before.lastFull(), error);
    }

    /** What was found so far. */
    public VerificationStatus status() {
        return this.status;
    }

    /** Ends the pass at work at its next page, waits a little for that, and makes no further ones. */
    @Override
    public void close() {
        this.pace.stop();
        try {
            if (this.turn.tryAcquire(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                this.turn.release();
            }
        } catch (InterruptedException ex) {
            // whoever is in a hurry may leave: nothing is lost with a pass
            Thread.currentThread().interrupt();
        }
    }
}
