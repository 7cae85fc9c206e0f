package cloud.enact.receipt;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a log go on with another key than its last entry was signed with, and records that. Thread-safe. */
public final class KeyRotation {

    private final ReceiptKeys keys;

    private final ReceiptWriter writer;

    private final IdGenerator ids;

    private final Clock clock;

    KeyRotation(ReceiptKeys keys, ReceiptWriter writer, Clock clock) {
        this.keys = keys;
        this.writer = writer;
        this.ids = IdGenerator.uuidV7(clock);
        this.clock = clock;
    }

    /**
     * Checks that a log can go on with the key that signs now, so that an application fails at its start rather than at
     * its first call.
     *
     * @throws KeyRotationException when it can't
     * @throws ReceiptStoreException when the store can't be read
     */
    public static void requirePossible(ReceiptStore store, String log, ReceiptKeys keys) {
        Optional<Receipt> head = store.head(log);
        // a damaged end of the log is refused, and shown, at the first append
        if (head.isPresent() && head.get().damage() == null) {
            requirePossible(store, head.get(), keys);
        }
    }

    static void requirePossible(ReceiptStore store, Receipt head, ReceiptKeys keys) {
        String kid = head.header().kid();
        SignatureState state = keys.check(head);
        ReceiptSigner signer = keys.signer();
        if (state == SignatureState.BAD_SIGNATURE) {
            throw otherMaterial(head, kid);
        }
        if (isSame(head, signer)) {
            return;
        }
        if (keys.formerSigner(kid) == null && !keys.isLost(kid)) {
            throw new KeyRotationException(
                    "Receipt log " + head.log() + " was signed with key '" + kid + "' up to entry " + head.seq()
                            + ", and that key is not there to consent to key '" + signer.kid() + "'.",
                    "Name the former key in enact.signing.verification-keys with its secret or private key (a former"
                            + " secret also in enact.signing.previous-secrets). If it is lost, say so by its id in"
                            + " enact.signing.lost-keys: the log goes on, and its KEY receipt shows that the former key"
                            + " did not consent.");
        }
        requireSameMaterial(store, head.log(), keys, signer.kid());
    }

    /** An id that comes back must mean the key that it meant before, or what that one signed would never verify. */
    private static void requireSameMaterial(ReceiptStore store, String log, ReceiptKeys keys, String kid) {
        KeyPlaces places = new KeyPlaces(store, keys);
        Optional<Receipt> witness = places.signedWith(log, kid);
        if (witness.isPresent() && keys.check(witness.get()) == SignatureState.BAD_SIGNATURE) {
            throw otherMaterial(witness.get(), kid);
        }
    }

    private static KeyRotationException otherMaterial(Receipt entry, String kid) {
        return new KeyRotationException(
                "Entry " + entry.seq() + " of receipt log " + entry.log() + " names key '" + kid
                        + "' and was not signed with what is configured under that id: the id was given to another"
                        + " key, or the entry was altered.",
                "Give the new key an id of its own (enact.signing.kid) and configure the former one under '" + kid
                        + "'. If no key was changed, the store was tampered with: keep it as evidence, and start with"
                        + " a new one.");
    }

    private static boolean isSame(Receipt head, ReceiptSigner signer) {
        return head.header().kid().equals(signer.kid()) && head.header().alg().equals(signer.alg());
    }

    /**
     * The receipt that must come before anything else the signer signs.
     *
     * @param store where the log is kept
     * @param head last entry of the log
     * @return the receipt in the place after that, or {@code null} when the signer signed that, too
     * @throws KeyRotationException when the log can't go on with this key
     */
    @Nullable
    Receipt introduce(ReceiptStore store, Receipt head) {
        requirePossible(store, head, this.keys);
        ReceiptSigner signer = this.keys.signer();
        if (isSame(head, signer)) {
            return null;
        }
        byte[] prev = head.hash();
        KeyChange change = new KeyChange(
                head.log(),
                head.seq() + 1,
                HexFormat.of().formatHex(prev),
                signer.kid(),
                signer.alg(),
                this.keys.publicKey(signer.kid()),
                head.header().kid(),
                head.header().alg(),
                null);
        ReceiptSigner former = this.keys.formerSigner(change.formerKid());
        if (former != null) {
            change = change.consentedBy(former);
        }
        return this.writer.writeKeyChange(draft(change)).sign(change.seq(), prev, signer);
    }

    private ReceiptDraft draft(KeyChange change) {
        return ReceiptDraft.of(
                ReceiptKind.KEY,
                new RunId(this.ids.next()),
                this.ids.next(),
                this.clock.instant(),
                KeyChange.ACTION,
                Actor.enact(),
                change.payload(),
                null,
                null,
                null);
    }
}
