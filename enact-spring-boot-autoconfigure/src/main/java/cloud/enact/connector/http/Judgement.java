package cloud.enact.connector.http;

import cloud.enact.undo.Restoration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What undoing a step would do.
 *
 * @param restoration what would come of it
 * @param detail why
 * @param result what the step's answer held
 * @param etag entity tag of what was looked at, or {@code null}
 */
record Judgement(
        Restoration restoration,
        String detail,
        Map<String, @Nullable Object> result,
        @Nullable String etag) {}
