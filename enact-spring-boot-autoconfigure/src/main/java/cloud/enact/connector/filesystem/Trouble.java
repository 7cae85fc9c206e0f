package cloud.enact.connector.filesystem;

import cloud.enact.connector.ConnectorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Turns what the system says into a sentence without names: those of the platform's exceptions quote paths. */
final class Trouble {

    private Trouble() {}

    /** Does something for an operation, and says what went wrong in its name. */
    static <T extends @Nullable Object> T told(String operation, Callable<T> work) {
        try {
            return work.call();
        } catch (IOException ex) {
            throw new ConnectorException(operation + ": " + sentence(ex));
        } catch (RuntimeException ex) {
            throw ex;
        } catch (Exception ex) {
            throw new ConnectorException(
                    operation + ": it failed unexpectedly (" + ex.getClass().getSimpleName() + ")");
        }
    }

    static String sentence(IOException ex) {
        if (ex instanceof AccessDeniedException) {
            return "permission denied; give the application's user the right, or leave this path alone";
        }
        if (ex instanceof FileSystemException trouble) {
            String reason = trouble.getReason();
            if (reason != null) {
                return reason;
            }
            return (ex instanceof NoSuchFileException)
                    ? "there is no such file or directory"
                    : "the file system refused (" + ex.getClass().getSimpleName() + ")";
        }
        String message = ex.getMessage();
        return (message != null)
                ? message
                : "the file system refused (" + ex.getClass().getSimpleName() + ")";
    }
}
