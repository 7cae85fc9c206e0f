package cloud.enact.connector.filesystem;

import java.io.IOException;

/** Somebody reached for what Enact keeps for itself. */
final class OutOfReachException extends IOException {

    OutOfReachException() {
        super("what Enact keeps for itself is out of reach of every operation");
    }
}
