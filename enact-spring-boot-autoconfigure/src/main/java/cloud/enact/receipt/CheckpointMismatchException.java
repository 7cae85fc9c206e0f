package cloud.enact.receipt;

import org.jspecify.annotations.Nullable;

/** A log is not what its newest checkpoint says: it was cut, or the store was altered. Carries its remedy. */
public final class CheckpointMismatchException extends ReceiptStoreException {

    private static final long serialVersionUID = 1L;

    private static final String ACTION =
            "Put the store back as it was if only a part of it was restored. Otherwise keep"
                    + " it as evidence, and start with a new one.";

    private final String description;

    CheckpointMismatchException(String description, @Nullable Exception cause) {
        super(description + " " + ACTION, cause);
        this.description = description;
    }

    public String getDescription() {
        return this.description;
    }

    public String getAction() {
        return ACTION;
    }
}
