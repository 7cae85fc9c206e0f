package cloud.enact.receipt;

/**
 * The right to write a log is gone: another process may write it by now. A log that hears this takes nothing any more.
 */
public class LogLeaseLostException extends ReceiptStoreException {

    public LogLeaseLostException(String log) {
        super(
                "Another process may write receipt log " + log + " by now: this one did not renew its lease in time."
                        + " The receipt was not stored. Restart this application",
                null);
    }
}
