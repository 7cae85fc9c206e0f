package cloud.enact.receipt;

/** A checkpoint that nobody known signed, or not as it stands. */
public class CheckpointSignatureException extends ReceiptFormatException {

    private static final long serialVersionUID = 1L;

    public CheckpointSignatureException(String message) {
        super(message, null);
    }
}
