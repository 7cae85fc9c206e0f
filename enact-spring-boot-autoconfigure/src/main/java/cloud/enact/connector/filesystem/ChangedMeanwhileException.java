package cloud.enact.connector.filesystem;

import java.io.IOException;

/** Somebody else changed what a step had captured, before the step could do its work. */
final class ChangedMeanwhileException extends IOException {

    ChangedMeanwhileException() {
        super("somebody else changed it in the meantime; nothing was done. Look at it again, then try again");
    }
}
