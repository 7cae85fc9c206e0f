package cloud.enact.gate;

import org.jspecify.annotations.Nullable;

/** Nobody will tell what came of a call; the message says why, as the outcome has it. */
final class OutcomeUnknownException extends RuntimeException {

    OutcomeUnknownException(String message) {
        this(message, null);
    }

    OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
