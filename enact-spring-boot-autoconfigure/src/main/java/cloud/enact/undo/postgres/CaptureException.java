package cloud.enact.undo.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Rows can't be captured or restored as things are. */
public class CaptureException extends RuntimeException {

    public CaptureException(String message) {
        this(message, null);
    }

    public CaptureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Says what the server said, too: for work on tables and connections, whose errors hold no row.
     *
     * @param message what can't be done
     */
    static CaptureException at(String message, SQLException cause) {
        ServerErrorMessage server = (cause instanceof PSQLException ex) ? ex.getServerErrorMessage() : null;
        String why = (server != null) ? server.getMessage() : cause.getMessage();
        return new CaptureException((why != null) ? message + ": " + why : message, cause);
    }
}
