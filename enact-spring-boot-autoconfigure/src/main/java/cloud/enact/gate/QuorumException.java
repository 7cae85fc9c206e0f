package cloud.enact.gate;

/** Policies want people to approve who can't exist; the message says so. */
final class QuorumException extends RuntimeException {

    QuorumException(String message) {
        super(message);
    }
}
