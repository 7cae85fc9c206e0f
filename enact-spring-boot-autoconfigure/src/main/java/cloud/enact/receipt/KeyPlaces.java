package cloud.enact.receipt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Where the logs of a store changed their keys, as the store's search tells; for checks in part, which don't read a log
 * from its beginning. Looks once, and at no more than {@value #MOST} changes. Not thread-safe.
 */
final class KeyPlaces {

    static final int MOST = 10_000;

    private final ReceiptStore store;

    private final ReceiptKeys keys;

    private final Map<String, NavigableMap<Long, Receipt>> changes = new HashMap<>();

    private final Set<Receipt> checked = new HashSet<>();

    private boolean known;

    private boolean tooMany;

    KeyPlaces(ReceiptStore store, ReceiptKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /**
     * A trail that stands before a place: the last KEY receipt before it tells the key in force, or else the first
     * entry of the log.
     *
     * @param findings gets what is wrong with that KEY receipt, the first time it is needed
     */
    KeyTrail trailBefore(String log, long seq, BiConsumer<Receipt, KeyTrail.Finding> findings) {
        KeyTrail trail = new KeyTrail(this.keys);
        Map.Entry<Long, Receipt> last = changes(log).lowerEntry(seq);
        if (last != null) {
            Receipt change = last.getValue();
            VerificationState state = this.keys.stateOf(change);
            KeyTrail.Finding finding = trail.follow(change, state);
            trail.startAt(change.header().kid(), change.header().alg());
            if (this.checked.add(change)) {
                if (state == VerificationState.BAD_SIGNATURE) {
                    finding = new KeyTrail.Finding(state, "its signature does not fit: it was altered or forged");
                }
                if (finding != null) {
                    findings.accept(change, finding);
                }
            }
        } else {
            first(log)
                    .ifPresent(entry ->
                            trail.startAt(entry.header().kid(), entry.header().alg()));
        }
        return trail;
    }

    /** Whether an entry with a good signature is signed with the key in force at its place. */
    boolean isInForce(Receipt entry) {
        know();
        if (this.tooMany) {
            // somebody made them up: that must be found, and not end the search
            return false;
        }
        AtomicBoolean proven = new AtomicBoolean(true);
        KeyTrail trail = trailBefore(entry.log(), entry.seq(), (change, finding) -> proven.set(false));
        return proven.get() && trail.follow(entry, VerificationState.VALID) == null;
    }

    private Optional<Receipt> first(String log) {
        return this.store.find(log, 1).filter(entry -> entry.damage() == null);
    }

    /** An entry of a log that was signed with a key, if it is one that begins or changes keys. */
    Optional<Receipt> signedWith(String log, String kid) {
        Optional<Receipt> change = changes(log).values().stream()
                .filter(entry -> entry.header().kid().equals(kid))
                .findFirst();
        return change.isPresent()
                ? change
                : first(log).filter(entry -> entry.header().kid().equals(kid));
    }

    /** Changes of one log, by their places. */
    NavigableMap<Long, Receipt> changes(String log) {
        know();
        if (this.tooMany) {
            throw new ReceiptStoreException(
                    "The store holds more than " + MOST + " changes of keys; verify whole logs instead", null);
        }
        return this.changes.getOrDefault(log, new TreeMap<>());
    }

    private void know() {
        if (!this.known) {
            look();
            this.known = true;
        }
    }

    private void look() {
        ReceiptFilter filter = ReceiptFilter.builder()
                .kind(ReceiptKind.KEY)
                .action(KeyChange.ACTION)
                .build();
        int seen = 0;
        for (Receipt entry : this.store.all(filter, ReceiptStore.MAX_LIMIT)) {
            if (++seen > MOST) {
                this.tooMany = true;
                return;
            }
            if (KeyChange.isIn(entry)) {
                this.changes
                        .computeIfAbsent(entry.log(), log -> new TreeMap<>())
                        .put(entry.seq(), entry);
            }
        }
    }
}
