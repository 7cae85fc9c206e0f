package cloud.enact.receipt;

/** A log can't go on with the key that is configured. Carries its remedy. */
public final class KeyRotationException extends ReceiptStoreException {

    private static final long serialVersionUID = 1L;

    private final String description;

    private final String action;

    KeyRotationException(String description, String action) {
        super(description + " " + action, null);
        this.description = description;
        this.action = action;
    }

    public String getDescription() {
        return this.description;
    }

    public String getAction() {
        return this.action;
    }
}
