package cloud.enact.undo;

import cloud.enact.action.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was there before the change, as JSON-like values. Content goes to the {@link BlobStore} and stands here by
 * its digest.
 *
 * @param values connector-specific description
 */
public record PreState(Map<String, @Nullable Object> values) {

    /** Stands for what nobody can read any more, because the key of its subject was dropped. */
    public static final PreState ERASED = new PreState(Map.of("$erased", true));

    public PreState {
        values = Arguments.freeze(values);
    }
}
