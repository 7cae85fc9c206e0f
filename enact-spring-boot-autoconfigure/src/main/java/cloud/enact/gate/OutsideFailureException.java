package cloud.enact.gate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that was carried out elsewhere failed there; the message is what was told of it. */
final class OutsideFailureException extends RuntimeException {

    private final transient Map<String, @Nullable Object> details;

    OutsideFailureException(String message, Map<String, @Nullable Object> details) {
        super(message, null, false, false);
        this.details = details;
    }

    Map<String, @Nullable Object> details() {
        return this.details;
    }
}
