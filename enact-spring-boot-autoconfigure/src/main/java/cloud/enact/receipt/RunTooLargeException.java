package cloud.enact.receipt;

import cloud.enact.action.RunId;

/** A run has more entries, or more bytes in them, than can be read as a whole. */
public class RunTooLargeException extends ReceiptStoreException {

    public RunTooLargeException(RunId runId) {
        super(
                "Run " + runId + " is too large to be read as a whole: it has more than " + ReceiptStore.MAX_RUN
                        + " receipts, or more than " + ReceiptStore.MAX_RUN_BYTES / (1024 * 1024)
                        + " MiB of them. List its receipts page by page",
                null);
    }
}
