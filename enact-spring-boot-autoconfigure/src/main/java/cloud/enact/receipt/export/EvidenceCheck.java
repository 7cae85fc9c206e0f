package cloud.enact.receipt.export;

import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.export.Inclusion.Found;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks receipts one after the other: form, signature, chain, and that they are in the log. Not thread-safe. */
final class EvidenceCheck {

    /** So many lines that are no receipts are no evidence, and reading on would only take time. */
    private static final int MAX_UNREADABLE = 10_000;

    private final TrustedKeys keys;

    private final Inclusion inclusion;

    private final ExportVerifier verifier;

    private final Findings findings;

    private final List<ReportRow> rows = new ArrayList<>();

    private @Nullable Found found;

    private boolean unknownKey;

    private int unreadable;

    /**
     * Starts a check.
     *
     * @param complete whether the receipts are whole logs
     * @param outside signed heads from elsewhere that whole logs are compared with
     */
    EvidenceCheck(TrustedKeys keys, Inclusion inclusion, boolean complete, SignedHeads outside, Findings findings) {
        this.keys = keys;
        this.inclusion = inclusion;
        this.findings = findings;
        this.verifier = new ExportVerifier(keys.all(), complete, outside, this::isIncluded);
    }

    private boolean isIncluded(Receipt receipt) {
        this.unknownKey = true;
        return find(receipt) != Found.NONE;
    }

    private Found find(Receipt receipt) {
        Found known = this.found;
        if (known == null) {
            known = this.inclusion.of(receipt, this.findings);
            this.found = known;
        }
        return known;
    }

    /** Checks the next receipt. */
    void add(byte[] bytes) {
        this.found = null;
        this.unknownKey = false;
        Receipt receipt = this.verifier.add(bytes);
        if (receipt == null) {
            if (++this.unreadable > MAX_UNREADABLE) {
                throw new ReceiptFormatException(
                        "More than " + MAX_UNREADABLE + " lines are no receipts; is the file evidence?", null);
            }
            return;
        }
        Found place = find(receipt);
        if (!this.unknownKey) {
            this.findings.signed(this.keys.isNamed(receipt.kid()));
        } else if (place == Found.LATER) {
            this.inclusion.unsigned(receipt);
        } else if (place != Found.NONE) {
            this.findings.included(1, place == Found.NAMED);
        }
        if (place == Found.NONE) {
            this.findings.notIncluded();
        }
        if (this.rows.size() < ReportRow.MOST) {
            this.rows.add(ReportRow.of(receipt));
        }
    }

    /** Ends the check. */
    Verification end() {
        this.inclusion.end(this.findings);
        return this.findings.with(this.verifier.result());
    }

    /** The first receipts, for people. */
    List<ReportRow> rows() {
        return this.rows;
    }
}
