package cloud.enact.hook.claudecode.setup;

/** Settings can't be read, or must not be written; the message is one sentence for whoever asked for it. */
public final class SetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message);
    }
}
