package cloud.enact.actuate.endpoint;

import java.util.function.Supplier;

/** What was sent can't be meant. The message is for the caller, so it never echoes what was sent. */
final class BadRequestException extends RuntimeException {

    BadRequestException(String message) {
        super(message);
    }

    private BadRequestException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }

    /** Reads a part of the request; only there does an illegal argument stand for what was sent. */
    static <T> T reading(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException ex) {
            throw new BadRequestException(ex);
        }
    }
}
