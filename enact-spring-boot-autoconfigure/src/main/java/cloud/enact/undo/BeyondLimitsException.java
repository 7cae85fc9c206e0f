package cloud.enact.undo;

import java.io.IOException;

/** What is there is more than may be captured; the message is the end of a sentence. */
public final class BeyondLimitsException extends IOException {

    public BeyondLimitsException(String message) {
        super(message);
    }
}
