package cloud.enact.connector.filesystem;

import java.io.IOException;

/** What somebody kept, so that it was not copied, is gone or altered; the message is the end of a sentence. */
final class NotKeptException extends IOException {

    private NotKeptException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes one.
     *
     * @param why the end of a sentence
     */
    NotKeptException(Kept kept, String why) {
        super("its content was not copied because the repository '" + kept.repository() + "' had it, as object "
                + kept.object() + ", and " + why);
    }

    /** The same, with the path of the file. */
    NotKeptException of(String path) {
        return new NotKeptException("'" + path + "': " + getMessage(), this);
    }
}
