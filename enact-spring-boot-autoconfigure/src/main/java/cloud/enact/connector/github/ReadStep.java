package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One prepared operation that only reads. */
abstract class ReadStep extends GitHubStep {

    /** What of the output is not for receipts. */
    private final String content;

    ReadStep(GitHubSite site, GitHubOperation operation, GitHubArguments arguments, String content) {
        super(site, operation, arguments.repository(), arguments.all());
        this.content = content;
    }

    @Override
    final @Nullable Capture look() {
        return null;
    }

    @Override
    public Map<String, @Nullable Object> recorded(StepResult result) {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>(result.output());
        recorded.remove(this.content);
        return recorded;
    }
}
