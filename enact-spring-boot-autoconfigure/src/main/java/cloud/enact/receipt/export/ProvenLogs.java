package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.export.TrustedKeys.Signed;
import java.util.HashMap;
import java.util.Map;

/** Logs that were read up to their checkpoints just now. */
final class ProvenLogs implements Inclusion {

    private final Map<String, Signed> proven = new HashMap<>();

    void add(Signed signed, InclusionProofs.Result result, Findings findings) {
        String log = signed.checkpoint().log();
        long size = signed.checkpoint().size();
        switch (result) {
            case PROVEN -> this.proven.put(log, signed);
            case CUT -> {}
            case INCOMPLETE ->
                findings.problem(
                        log,
                        size,
                        VerificationState.MISSING,
                        "a checkpoint was signed when the log had " + size + " entries, and some are missing");
            case DIFFERENT ->
                findings.problem(
                        log,
                        size,
                        VerificationState.BROKEN_CHAIN,
                        "the log up to here is not the one whose checkpoint was signed: it was bent since");
        }
    }

    @Override
    public Found of(Receipt receipt, Findings findings) {
        Signed signed = this.proven.get(receipt.log());
        if (signed == null || receipt.seq() > signed.checkpoint().size()) {
            return Found.NONE;
        }
        return signed.named() ? Found.NAMED : Found.OWN;
    }
}
