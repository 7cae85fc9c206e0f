package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import org.jspecify.annotations.Nullable;

/** A request to Slack that failed. */
final class SlackException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String code;

    private final boolean inDoubt;

    private SlackException(String message, @Nullable String code, boolean inDoubt, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.inDoubt = inDoubt;
    }

    /** Slack said no, and nothing was done. */
    static SlackException refused(String message, String code) {
        return new SlackException(message, code, false, null);
    }

    /** The request never reached Slack. */
    static SlackException notSent(String message, Throwable cause) {
        return new SlackException(message, null, false, cause);
    }

    /** Whether it was done, only looking tells. */
    static SlackException unknown(String message, @Nullable String code, @Nullable Throwable cause) {
        return new SlackException(message, code, true, cause);
    }

    /** The same about a change: what came of it has to be looked at. */
    SlackException ofChange() {
        SlackException change = new SlackException(
                getMessage() + " Whether it was done is not known; look before trying again.",
                this.code,
                true,
                getCause());
        for (Throwable suppressed : getSuppressed()) {
            change.addSuppressed(suppressed);
        }
        return change;
    }

    boolean is(String code) {
        return code.equals(this.code);
    }

    /** Slack's code, or {@code null} when Slack did not answer. */
    @Nullable
    String code() {
        return this.code;
    }

    /** Whether what was asked for may have been done. */
    boolean isInDoubt() {
        return this.inDoubt;
    }
}
