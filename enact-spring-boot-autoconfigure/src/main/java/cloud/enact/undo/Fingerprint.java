package cloud.enact.undo;

import cloud.enact.action.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an action left behind, precise enough to see later whether somebody changed it.
 *
 * @param values connector-specific description
 */
public record Fingerprint(Map<String, @Nullable Object> values) {

    public Fingerprint {
        values = Arguments.freeze(values);
    }
}
