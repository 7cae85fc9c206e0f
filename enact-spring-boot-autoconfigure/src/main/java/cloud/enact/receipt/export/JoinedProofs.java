package cloud.enact.receipt.export;

import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.export.TrustedKeys.Signed;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Proofs that stand in the order of the receipts they are about; not every receipt has one. */
final class JoinedProofs implements Inclusion {

    private static final int MAX_UNREADABLE = 10_000;

    private final ExportLines lines;

    private final TrustedKeys keys;

    private long read;

    private int unreadable;

    private @Nullable ProofLine next;

    private @Nullable String note;

    private @Nullable Signed signed;

    JoinedProofs(ExportLines lines, TrustedKeys keys) {
        this.lines = lines;
        this.keys = keys;
    }

    @Override
    public Found of(Receipt receipt, Findings findings) {
        ProofLine line = peek(findings);
        if (line == null || line.seq() != receipt.seq() || !line.log().equals(receipt.log())) {
            return Found.NONE;
        }
        this.next = null;
        Signed checkpoint = open(line, findings);
        if (checkpoint == null) {
            return Found.NONE;
        }
        boolean proven = checkpoint.checkpoint().log().equals(receipt.log())
                && line.proof().index() == receipt.seq() - 1
                && line.proof()
                        .proves(
                                MerkleTree.leaf(receipt.bytes()),
                                checkpoint.checkpoint().size(),
                                checkpoint.checkpoint().root());
        if (!proven) {
            findings.problem(
                    receipt.log(),
                    receipt.seq(),
                    VerificationState.BROKEN_CHAIN,
                    "its inclusion proof does not lead to the checkpoint: it is not what stands in the log");
            return Found.NONE;
        }
        return checkpoint.named() ? Found.NAMED : Found.OWN;
    }

    private @Nullable ProofLine peek(Findings findings) {
        while (this.next == null) {
            byte[] line = read();
            if (line == null) {
                return null;
            }
            this.read++;
            try {
                this.next = ProofLine.parse(line);
            } catch (ReceiptFormatException ex) {
                if (++this.unreadable > MAX_UNREADABLE) {
                    throw new ReceiptFormatException(
                            "More than " + MAX_UNREADABLE + " inclusion proofs can't be read", ex);
                }
                findings.problem(
                        "",
                        this.read,
                        VerificationState.MALFORMED,
                        "line " + this.read + " of the inclusion proofs can't be read");
            }
        }
        return this.next;
    }

    private byte @Nullable [] read() {
        try {
            return this.lines.next();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Proofs of one log share their checkpoint, so its signature is checked once. */
    private @Nullable Signed open(ProofLine line, Findings findings) {
        String wanted = line.proof().note();
        if (!wanted.equals(this.note)) {
            this.note = wanted;
            this.signed = null;
            try {
                this.signed = this.keys.open(wanted);
            } catch (ReceiptFormatException ex) {
                findings.problem(
                        line.log(),
                        line.seq(),
                        VerificationState.BAD_SIGNATURE,
                        "the checkpoint of its inclusion proof proves nothing. " + ex.getMessage());
            }
        }
        return this.signed;
    }

    @Override
    public void end(Findings findings) {
        ProofLine left = peek(findings);
        if (left != null) {
            findings.problem(
                    left.log(),
                    left.seq(),
                    VerificationState.MISSING,
                    "there is an inclusion proof for it, and it is not here or not in its place");
        }
    }
}
