package cloud.enact.console;

/** A request that gets no page; the message is for whoever asks, and echoes nothing that was sent. */
final class ConsoleException extends RuntimeException {

    private final int status;

    private final String title;

    ConsoleException(int status, String title, String message) {
        super(message);
        this.status = status;
        this.title = title;
    }

    /** There is no such page, run or request. */
    static ConsoleException notFound() {
        return new ConsoleException(404, "Not found", "There is nothing here. Check the address.");
    }

    /** What was sent can't be meant. */
    static ConsoleException malformed(String message) {
        return new ConsoleException(400, "Bad request", message);
    }

    /** Whoever asks may not. */
    static ConsoleException forbidden(String message) {
        return new ConsoleException(403, "Not allowed", message);
    }

    int status() {
        return this.status;
    }

    String title() {
        return this.title;
    }
}
