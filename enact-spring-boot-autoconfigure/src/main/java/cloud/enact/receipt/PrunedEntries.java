package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a PRUNED receipt keeps of the entries at the beginning of a log that retention removed: enough to check all that
 * comes after them as if they were there.
 *
 * @param log the log
 * @param firstSeq first place that goes now; what is before it went earlier
 * @param lastSeq last place that goes
 * @param lastHash hash of that entry, which the next one carries
 * @param tree Merkle tree over all entries up to it
 * @param kid id of the key in force there
 * @param alg its algorithm
 */
record PrunedEntries(
        String log, long firstSeq, long lastSeq, String lastHash, MerkleTree tree, String kid, String alg) {

    /** Name of the action of such a receipt. */
    static final String ACTION = "enact.prune_receipts";

    /** Receipts that are looked at to find the one for a log. */
    private static final int MOST = 10_000;

    /**
     * Finds what was pruned up to a place.
     *
     * @param lastSeq last place that is gone, or {@code null} for whatever went last
     * @return empty when no receipt says so that is signed with the key in force where it stands
     */
    static Optional<PrunedEntries> find(ReceiptStore store, ReceiptKeys keys, String log, @Nullable Long lastSeq) {
        ReceiptFilter filter =
                ReceiptFilter.builder().kind(ReceiptKind.PRUNED).action(ACTION).build();
        KeyPlaces places = new KeyPlaces(store, keys);
        @Nullable PrunedEntries found = null;
        @Nullable ReceiptCursor after = null;
        int seen = 0;
        do {
            ReceiptPage page = store.query(filter, after, ReceiptStore.MAX_LIMIT);
            for (Receipt entry : page.receipts()) {
                PrunedEntries each = in(entry);
                if (each != null
                        && each.log().equals(log)
                        && (lastSeq == null || lastSeq == each.lastSeq())
                        && (found == null || each.lastSeq() > found.lastSeq())
                        && keys.stateOf(entry) == VerificationState.VALID
                        && stands(entry, store, places)) {
                    found = each;
                }
            }
            seen += page.receipts().size();
            after = page.next();
        } while (after != null && seen < MOST && (lastSeq == null || found == null));
        return Optional.ofNullable(found);
    }

    /**
     * Whether an entry has its place in its own log. A retired key signs as well as ever, so without a look at that it
     * could say that anything of another log was pruned.
     */
    private static boolean stands(Receipt entry, ReceiptStore store, KeyPlaces places) {
        Optional<Receipt> before = store.find(entry.log(), entry.seq() - 1).filter(each -> each.damage() == null);
        Optional<Receipt> after = store.find(entry.log(), entry.seq() + 1).filter(each -> each.damage() == null);
        return before.map(each -> continues(entry, each)
                                && each.header().kid().equals(entry.header().kid()))
                        .orElse(true)
                && after.map(each -> continues(each, entry)).orElse(true)
                && places.isInForce(entry);
    }

    private static boolean continues(Receipt entry, Receipt before) {
        return entry.header().prev().equals(EntryCheck.hash(before));
    }

    /** Reads what an entry says; {@code null} when it says no such thing. */
    static @Nullable PrunedEntries in(Receipt entry) {
        if (entry.damage() != null
                || entry.kind() != ReceiptKind.PRUNED
                || !entry.action().equals(ACTION)
                || !(entry.fields().get("payload") instanceof Map<?, ?> payload)
                || !(payload.get("log") instanceof String log)
                || !(payload.get("first_seq") instanceof Long firstSeq)
                || !(payload.get("last_seq") instanceof Long lastSeq)
                || !(payload.get("last_hash") instanceof String lastHash)
                || !(payload.get("edge") instanceof List<?> edge)
                || !(payload.get("kid") instanceof String kid)
                || !(payload.get("alg") instanceof String alg)) {
            return null;
        }
        try {
            PrunedEntries pruned = new PrunedEntries(log, firstSeq, lastSeq, lastHash, tree(lastSeq, edge), kid, alg);
            return pruned.payload().equals(payload) ? pruned : null;
        } catch (IllegalArgumentException | ReceiptFormatException ex) {
            // an edge that is none
            return null;
        }
    }

    private static MerkleTree tree(long size, List<?> edge) {
        StringBuilder hashes = new StringBuilder();
        edge.forEach(hashes::append);
        return MerkleTree.of(size, HexFormat.of().parseHex(hashes));
    }

    /** What the receipt holds. */
    Map<String, @Nullable Object> payload() {
        List<@Nullable Object> edge = new ArrayList<>();
        for (int i = 0; i < this.tree.subtrees(); i++) {
            edge.add(HexFormat.of().formatHex(this.tree.subtree(i)));
        }
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("alg", this.alg);
        payload.put("count", this.lastSeq - this.firstSeq + 1);
        payload.put("edge", edge);
        payload.put("first_seq", this.firstSeq);
        payload.put("kid", this.kid);
        payload.put("last_hash", this.lastHash);
        payload.put("last_seq", this.lastSeq);
        payload.put("log", this.log);
        payload.put("root", HexFormat.of().formatHex(this.tree.root()));
        return payload;
    }

    /** Where a check of the log begins. */
    LogPosition behind(ReceiptKeys keys) {
        KeyTrail trail = new KeyTrail(keys);
        trail.startAt(this.kid, this.alg);
        return LogPosition.behind(this, trail);
    }

    /**
     * Where a check of a log begins: at its first entry, or behind those that retention removed.
     *
     * @param keys check the receipt that says so
     */
    static LogPosition beginning(ReceiptStore store, ReceiptKeys keys, String log) {
        Optional<Receipt> first = store.read(log, 1, 1).stream().findFirst();
        if (first.isPresent() && first.get().seq() == 1) {
            return LogPosition.start(log, keys);
        }
        return find(store, keys, log, first.map(entry -> entry.seq() - 1).orElse(null))
                .map(pruned -> pruned.behind(keys))
                .orElseGet(() -> LogPosition.start(log, keys));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PrunedEntries that && payload().equals(that.payload());
    }

    @Override
    public int hashCode() {
        return Objects.hash(this.log, this.lastSeq);
    }

    /** Which entries went. */
    @Override
    public String toString() {
        return this.log + "/" + this.firstSeq + "-" + this.lastSeq;
    }
}
