package cloud.enact.receipt;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Removes the oldest parts of a store. Before a part goes, all of it is verified, a signed head stands for it, and
 * receipts keep what is needed to verify the rest without it. Thread-safe.
 */
public final class EntryPruner {

    private final ReceiptStore store;

    private final ReceiptParts parts;

    private final ReceiptLog receipts;

    private final ReceiptKeys keys;

    private final Supplier<SignedHeads> heads;

    private final IdGenerator ids;

    private final Clock clock;

    /**
     * Creates a pruner.
     *
     * @param store what is pruned
     * @param parts removes parts of it
     * @param receipts records what goes
     * @param keys check what goes, and what went
     * @param heads signed heads of the logs; what none of them covers stays
     * @param ids names what it does
     * @param clock tells when it was done; what is old the store tells
     */
    public EntryPruner(
            ReceiptStore store,
            ReceiptParts parts,
            ReceiptLog receipts,
            ReceiptKeys keys,
            Supplier<SignedHeads> heads,
            IdGenerator ids,
            Clock clock) {
        this.store = store;
        this.parts = parts;
        this.receipts = receipts;
        this.keys = keys;
        this.heads = heads;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param dropped names of the parts that went, oldest first
     * @param kept why the next one stays although it is old enough, or empty
     */
    public record Report(List<String> dropped, Optional<String> kept) {

        public Report {
            dropped = List.copyOf(dropped);
        }
    }

    /**
     * Removes what is older than it is kept, up to the first part that has to stay.
     *
     * @throws ReceiptStoreException when something can't be read, recorded or removed; what was recorded and not removed
     *     goes the next time
     */
    public Report prune(Duration retention, Actor actor) {
        SignedHeads signed = this.heads.get();
        List<String> dropped = new ArrayList<>();
        while (true) {
            Optional<ReceiptParts.Part> oldest = this.parts.oldest(retention);
            if (oldest.isEmpty()) {
                return new Report(dropped, Optional.empty());
            }
            ReceiptParts.Part part = oldest.get();
            List<PrunedEntries> pruned = new ArrayList<>();
            Optional<String> kept = part.kept().or(() -> examine(part, signed, pruned));
            if (kept.isPresent()) {
                return new Report(dropped, kept);
            }
            pruned.forEach(each -> record(each, actor));
            this.parts.drop(part);
            dropped.add(part.name());
        }
    }

    /** Says what went of each log once the part is gone, or why it has to stay. */
    private Optional<String> examine(ReceiptParts.Part part, SignedHeads signed, List<PrunedEntries> pruned) {
        TreeSet<String> logs = new TreeSet<>(this.store.logs());
        logs.addAll(part.ends().keySet());
        for (String log : logs) {
            LogPosition beginning = PrunedEntries.beginning(this.store, this.keys, log);
            long before = beginning.next() - 1;
            long end = part.ends().getOrDefault(log, before);
            if (end < beginning.next()) {
                // a receipt in this part may be all that tells where the log begins
                PrunedEntries.find(this.store, this.keys, log, before).ifPresent(pruned::add);
                continue;
            }
            if (signed.covered(log) < end) {
                return Optional.of("Entries up to " + end + " of receipt log " + log + " have no signed head yet");
            }
            Verification verification = verify(beginning, end, signed);
            if (!verification.valid()) {
                return Optional.of("Receipt log " + log + " does not verify up to " + end + ": it is kept as evidence");
            }
            pruned.add(new PrunedEntries(
                    log,
                    before + 1,
                    end,
                    beginning.hashOfLast(),
                    beginning.treeOfAll(),
                    beginning.trail().kid(),
                    beginning.trail().alg()));
        }
        return Optional.empty();
    }

    /** Moves the position along. */
    private Verification verify(LogPosition position, long end, SignedHeads signed) {
        Findings findings = new Findings();
        new LogCheck(this.store, this.keys, position, signed, null, end, findings, entry -> {}).run();
        if (position.next() != end + 1) {
            findings.add(position.log(), position.next(), VerificationState.MISSING, "it is missing");
        }
        return findings.result();
    }

    private void record(PrunedEntries pruned, Actor actor) {
        this.receipts.append(ReceiptDraft.prunedEntries(
                new RunId(this.ids.next()), this.ids.next(), this.clock.instant(), actor, pruned.payload()));
    }
}
