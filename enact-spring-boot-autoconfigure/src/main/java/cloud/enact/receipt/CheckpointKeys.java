package cloud.enact.receipt;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Public keys that checkpoints may be signed with. Immutable, thread-safe. */
public final class CheckpointKeys {

    private final List<CheckpointKey> keys;

    private CheckpointKeys(List<CheckpointKey> keys) {
        this.keys = keys;
    }

    /** These keys, each of them once. */
    public static CheckpointKeys of(Collection<CheckpointKey> keys) {
        return new CheckpointKeys(keys.stream().distinct().toList());
    }

    /**
     * Keys derived from everything that can sign receipts, now or before, and further ones.
     *
     * @param name name of the derived keys
     */
    public static CheckpointKeys derivedFrom(String name, ReceiptKeys keys, Collection<CheckpointKey> others) {
        Stream<CheckpointKey> derived = keys.signers().stream()
                .map(signer -> CheckpointSigner.derivedFrom(name, signer).key());
        return of(Stream.concat(others.stream(), derived).toList());
    }

    /** The keys. */
    public List<CheckpointKey> keys() {
        return this.keys;
    }

    /**
     * Reads a checkpoint and checks that one of these keys signed it.
     *
     * @param note the signed note, exactly
     * @throws ReceiptFormatException when it is not a checkpoint of a log of ours; it is not echoed
     * @throws CheckpointSignatureException when none of these keys signed it, or a signature of one does not fit
     */
    public Checkpoint open(String note) {
        SignedNote signed = SignedNote.parse(note);
        CheckpointText text = CheckpointText.parse(signed.text());
        boolean verified = false;
        for (CheckpointKey key : this.keys) {
            for (NoteSignature signature : signed.signatures()) {
                if (signature.keyId() == key.id() && signature.name().equals(key.name())) {
                    if (!key.verify(signed.text(), signature.signature())) {
                        throw new CheckpointSignatureException(
                                "A signature of the checkpoint does not fit: it was altered or forged", false);
                    }
                    // a key speaks for logs under its own name only
                    verified |= text.origin().equals(key.name() + "/" + text.log());
                }
            }
        }
        if (!verified) {
            throw new CheckpointSignatureException(
                    "The checkpoint is not signed with a key that is known here; add its key", true);
        }
        return text.checkpoint(note);
    }

    /** Whether one of these keys is said to have signed a note; not whether it did. */
    boolean know(SignedNote note) {
        return this.keys.stream()
                .anyMatch(key -> note.signatures().stream()
                        .anyMatch(signature -> signature.keyId() == key.id()
                                && signature.name().equals(key.name())));
    }
}
