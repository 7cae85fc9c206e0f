package cloud.enact.gate;

import org.jspecify.annotations.Nullable;

/** The application must not start like this: something would run ungated or unrecorded. Carries its remedy. */
public class EnactStartupException extends RuntimeException {

    private final String action;

    /**
     * Creates the exception.
     *
     * @param description what is wrong, with the names involved
     * @param action what to do about it
     */
    public EnactStartupException(String description, String action) {
        this(description, action, null);
    }

    /** As above, with what caused it. */
    public EnactStartupException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** What is wrong, with the names involved. */
    public String getDescription() {
        return String.valueOf(getMessage());
    }

    /** What to do about it. */
    public String getAction() {
        return this.action;
    }
}
