package cloud.enact.undo;

import org.jspecify.annotations.Nullable;

/** The undo log can't be written or read, or what it holds was altered. */
public class UndoLogException extends RuntimeException {

    public UndoLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
