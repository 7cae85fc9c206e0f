package cloud.enact.undo.postgres;

import org.jspecify.annotations.Nullable;

/** Rows can't be captured or restored as things are. */
public class CaptureException extends RuntimeException {

    public CaptureException(String message) {
        this(message, null);
    }

    public CaptureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
