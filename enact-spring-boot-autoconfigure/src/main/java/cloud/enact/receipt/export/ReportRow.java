package cloud.enact.receipt.export;

import cloud.enact.action.ShortText;
import cloud.enact.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/** A receipt as a report shows it. */
record ReportRow(
        String log,
        long seq,
        String timestamp,
        String kind,
        String run,
        String action,
        String actor,
        @Nullable String decision,
        @Nullable String outcome) {

    /** Receipts that a report shows at most. */
    static final int MOST = 500;

    private static final int MAX_TEXT = 300;

    static ReportRow of(Receipt receipt) {
        Fields fields = Fields.of(receipt);
        return new ReportRow(
                receipt.log(),
                receipt.seq(),
                receipt.timestamp().toString(),
                receipt.kind().name(),
                receipt.runId().toString(),
                ShortText.of(receipt.action(), MAX_TEXT),
                ShortText.of(receipt.actor(), MAX_TEXT),
                (receipt.decision() != null) ? ShortText.of(receipt.decision(), MAX_TEXT) : null,
                fields.text("outcome"));
    }
}
