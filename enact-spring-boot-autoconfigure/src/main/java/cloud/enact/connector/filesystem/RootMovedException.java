package cloud.enact.connector.filesystem;

import java.io.IOException;

/** The path of the root no longer leads to the directory that was opened. */
final class RootMovedException extends IOException {

    RootMovedException() {
        super("the connector's root or its staging directory was moved or replaced, so nothing is done there: put it"
                + " back, or restart the application");
    }
}
