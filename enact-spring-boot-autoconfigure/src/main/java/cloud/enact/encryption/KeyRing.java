package cloud.enact.encryption;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Data keys by whose data they encrypt. Each subject has a random key of its own, wrapped by a master key in a table;
 * dropping it erases everything that was encrypted with it, wherever copies of that are. Thread-safe.
 */
public final class KeyRing {

    /** What was dropped by another process is used no longer than this. */
    public static final Duration STALE = Duration.ofSeconds(1);

    private static final int MOST_KEPT = 2000;

    private static final int KID_BYTES = 16;

    private static final int BATCH = 200;

    /** Keys of nobody; such ids are given to no subject. */
    private static final String OWN = "enact.";

    private static final String INDEX = OWN + "index";

    private final KeyTable table;

    private final MasterKeys masters;

    private final Clock clock;

    private final Nonces nonces = new Nonces();

    private final KeyCache bySubject = new KeyCache(MOST_KEPT);

    private final KeyCache byKid = new KeyCache(MOST_KEPT);

    private final AtomicLong drops = new AtomicLong();

    /**
     * Creates a ring.
     *
     * @param table keeps the wrapped keys
     * @param masters wrap and unwrap them
     * @param clock tells when a key has to be looked up again
     */
    public KeyRing(KeyTable table, MasterKeys masters, Clock clock) {
        this.table = table;
        this.masters = masters;
        this.clock = clock;
    }

    /**
     * The key of a subject, made when there is none.
     *
     * @param subject whose data is to be encrypted
     * @throws EncryptionException when the table or the master key can't be used
     */
    public DataKey of(String subject) {
        return get(this.bySubject, subject, () -> {
            byte[] hash = hash(subject);
            return this.table.findBySubject(hash).orElseGet(() -> make(kid(), hash));
        });
    }

    /** A key of nobody, for what is about no subject; it can't be dropped. */
    public DataKey named(String name) {
        return named(this.byKid, OWN + name);
    }

    private DataKey named(KeyCache cache, String kid) {
        return get(cache, kid, () -> this.table.find(kid).orElseGet(() -> make(kid, null)));
    }

    /**
     * The key with an id.
     *
     * @throws ErasedKeyException when it was dropped
     * @throws EncryptionException when there is none, or the table or the master key can't be used
     */
    public DataKey find(String kid) {
        return get(
                this.byKid,
                kid,
                () -> this.table
                        .find(kid)
                        .orElseThrow(() -> new EncryptionException(
                                "There is no data key " + kid + "; name the table of keys that was used, or restore it",
                                null)));
    }

    /** Id of the key of a subject; empty when it has none. */
    public Optional<String> kidOf(String subject) {
        return this.table.findBySubject(hash(subject)).map(WrappedKey::kid);
    }

    /**
     * Whether there is a key with that id, dropped or not.
     *
     * @throws IllegalArgumentException for a key that is about no subject
     */
    public boolean isOfSubject(String kid) {
        requireSubject(kid);
        return this.table.find(kid).isPresent();
    }

    private static void requireSubject(String kid) {
        if (kid.startsWith(OWN) || !WrappedKey.isKid(kid)) {
            throw new IllegalArgumentException("Only the key of a subject can be dropped");
        }
    }

    /**
     * Drops a key, durably and for ever.
     *
     * @return whether there is such a key, dropped now or before
     * @throws IllegalArgumentException for a key that is about no subject
     */
    public boolean drop(String kid) {
        requireSubject(kid);
        try {
            return this.table.erase(kid);
        } finally {
            // whoever looked the key up before it was erased forgets it as well
            this.drops.incrementAndGet();
            forget(kid);
        }
    }

    private void forget(String kid) {
        this.byKid.forget(kid);
        this.bySubject.forget(kid);
    }

    /**
     * Wraps every key with the current master key, so that former ones can be taken away.
     *
     * @return how many were wrapped anew
     */
    public int rewrap() {
        MasterKey current = this.masters.current();
        int count = 0;
        @Nullable String last = null;
        while (true) {
            List<WrappedKey> batch = this.table.wrappedByOthers(current.id(), last, BATCH);
            if (batch.isEmpty()) {
                return count;
            }
            for (WrappedKey key : batch) {
                byte[] context = context(key.kid(), key.subject());
                byte[] wrapped = current.wrap(this.masters.unwrap(key, context), context);
                this.table.rewrap(new WrappedKey(key.kid(), key.subject(), current.id(), wrapped));
                last = key.kid();
                count++;
            }
        }
    }

    /**
     * Makes sure that the master keys are those of the table.
     *
     * @throws EncryptionException when they are not, or the table can't be used
     */
    public void check() {
        named("index");
    }

    private DataKey get(KeyCache cache, String name, Supplier<WrappedKey> lookup) {
        Instant now = this.clock.instant();
        KeyCache.@Nullable Kept known = cache.get(name);
        if (known != null && known.isFresh(now, STALE)) {
            return known.key();
        }
        long before = this.drops.get();
        WrappedKey kept = lookup.get();
        if (kept.isErased()) {
            cache.forget(kept.kid());
            throw new ErasedKeyException(kept.kid());
        }
        // asking a key management service costs more than looking whether the key is still there
        DataKey key = (known != null && known.key().kid().equals(kept.kid())) ? known.key() : unwrap(kept);
        cache.put(name, new KeyCache.Kept(key, now));
        // what was encrypted is often read again at once
        this.byKid.put(kept.kid(), new KeyCache.Kept(key, now));
        if (this.drops.get() != before) {
            forget(kept.kid());
        }
        return key;
    }

    private DataKey unwrap(WrappedKey kept) {
        return new DataKey(kept.kid(), this.masters.unwrap(kept, context(kept.kid(), kept.subject())), this.nonces);
    }

    private WrappedKey make(String kid, byte @Nullable [] subject) {
        MasterKey current = this.masters.current();
        byte[] wrapped = current.wrap(this.nonces.key(), context(kid, subject));
        return this.table.putIfAbsent(new WrappedKey(kid, subject, current.id(), wrapped));
    }

    private String kid() {
        return "k" + Base64.getUrlEncoder().withoutPadding().encodeToString(this.nonces.bytes(KID_BYTES));
    }

    /** Who reads the table can't find out whether a subject is in it. */
    private byte[] hash(String subject) {
        return named(this.byKid, INDEX).derive(("subject\n" + subject).getBytes(StandardCharsets.UTF_8));
    }

    /** A wrapped key that is moved to another row does not unwrap there. */
    private static byte[] context(String kid, byte @Nullable [] subject) {
        String of = (subject != null) ? HexFormat.of().formatHex(subject) : "";
        return ("enact/data-key/v1\n" + kid + '\n' + of).getBytes(StandardCharsets.UTF_8);
    }
}
