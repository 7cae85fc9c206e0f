package cloud.enact.gate;

/** Arguments that can't be read; the message tells a model how to do better and echoes no content. */
final class ArgumentException extends RuntimeException {

    ArgumentException(String message) {
        super(message);
    }
}
