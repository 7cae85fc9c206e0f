package cloud.enact.action;

import org.jspecify.annotations.Nullable;

/**
 * The actions that belong together and are undone together.
 *
 * @param id the id of the run
 * @param name a name given by the application, or {@code null}
 */
public record Run(RunId id, @Nullable String name) {

    public static Run of(RunId id) {
        return new Run(id, null);
    }
}
