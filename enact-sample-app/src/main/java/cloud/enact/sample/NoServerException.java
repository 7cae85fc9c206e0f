package cloud.enact.sample;

/** The demo's own PostgreSQL server does not run on this machine. */
final class NoServerException extends RuntimeException {

    NoServerException(Throwable cause) {
        super("The demo's own PostgreSQL server can't run here: " + cause, cause);
    }
}
