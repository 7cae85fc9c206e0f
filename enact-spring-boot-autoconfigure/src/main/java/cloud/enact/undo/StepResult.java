package cloud.enact.undo;

import cloud.enact.action.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step returned.
 *
 * @param output JSON-like values for the caller
 * @param alreadyDone what was found done, such as {@code deleted}; {@code null} when the step did it
 * @param fingerprint what it really left behind, or {@code null} when it is as expected or nothing changed
 */
public record StepResult(
        Map<String, @Nullable Object> output,
        @Nullable String alreadyDone,
        @Nullable Fingerprint fingerprint) {

    public StepResult {
        output = Arguments.freeze(output);
    }
}
