package cloud.enact.hook.undo;

import cloud.enact.connector.filesystem.CaptureLimits;

/**
 * How much is captured.
 *
 * @param mostFiles files for one call
 * @param mostBytes content for one call
 * @param mayBeUncovered whether a call is let through that changes what can't be captured within the limits
 */
public record UndoSettings(int mostFiles, long mostBytes, boolean mayBeUncovered) {

    public UndoSettings {
        if (mostFiles < 1 || mostBytes < 1) {
            throw new IllegalArgumentException("At least one file and one byte are captured");
        }
    }

    CaptureLimits limits() {
        return new CaptureLimits(this.mostFiles, this.mostBytes);
    }
}
