package cloud.enact.cli;

/** A command can't go on; the message is one sentence for whoever typed it. */
final class CommandException extends RuntimeException {

    CommandException(String message) {
        super(message);
    }
}
