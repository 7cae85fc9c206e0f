package cloud.enact.gate;

/** Nobody will tell what came of a call; the message says why, as the outcome has it. */
final class OutcomeUnknownException extends RuntimeException {

    OutcomeUnknownException(String message) {
        super(message, null, false, false);
    }
}
