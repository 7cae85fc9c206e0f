package cloud.enact.sample;

import java.util.concurrent.ExecutionException;

/** The demo's own PostgreSQL server does not run on this machine. */
final class NoServerException extends RuntimeException {

    NoServerException(ExecutionException cause) {
        super("The demo's own PostgreSQL server can't run here: " + cause.getMessage(), cause);
    }
}
