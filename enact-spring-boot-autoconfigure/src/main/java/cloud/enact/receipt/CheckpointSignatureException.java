package cloud.enact.receipt;

/** A checkpoint that nobody known signed, or not as it stands. */
public class CheckpointSignatureException extends ReceiptFormatException {

    private static final long serialVersionUID = 1L;

    private final boolean unknownKey;

    CheckpointSignatureException(String message, boolean unknownKey) {
        super(message, null);
        this.unknownKey = unknownKey;
    }

    /** Whether only keys signed it that are not known here; no forgery then as far as one can tell. */
    public boolean isUnknownKey() {
        return this.unknownKey;
    }
}
