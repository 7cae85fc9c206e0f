package cloud.enact.receipt.export;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointSignatureException;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptVerificationKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Keys that evidence is checked with: those that whoever checks has named, and those that come with the evidence. What
 * only the latter confirm was made by somebody who knew how, and that is all it says.
 */
final class TrustedKeys {

    private final ReceiptKeys named;

    private final ReceiptKeys all;

    private final CheckpointKeys namedForCheckpoints;

    private final CheckpointKeys ownForCheckpoints;

    TrustedKeys(
            Collection<? extends ReceiptVerificationKey> named,
            Collection<CheckpointKey> namedForCheckpoints,
            Collection<? extends ReceiptVerificationKey> own,
            Collection<CheckpointKey> ownForCheckpoints) {
        this.named = ReceiptKeys.forVerification(named);
        List<ReceiptVerificationKey> all = new ArrayList<>(named);
        own.stream().filter(key -> !this.named.ids().contains(key.kid())).forEach(all::add);
        this.all = ReceiptKeys.forVerification(all);
        this.namedForCheckpoints = CheckpointKeys.of(namedForCheckpoints);
        this.ownForCheckpoints = CheckpointKeys.of(ownForCheckpoints);
    }

    ReceiptKeys all() {
        return this.all;
    }

    boolean isNamed(String kid) {
        return this.named.ids().contains(kid);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws CheckpointSignatureException when no key signed it
     */
    Signed open(String note) {
        try {
            return new Signed(this.namedForCheckpoints.open(note), true);
        } catch (CheckpointSignatureException ex) {
            return new Signed(this.ownForCheckpoints.open(note), false);
        }
    }

    /** A checkpoint, and whether its key was named by whoever checks. */
    record Signed(Checkpoint checkpoint, boolean named) {}
}
