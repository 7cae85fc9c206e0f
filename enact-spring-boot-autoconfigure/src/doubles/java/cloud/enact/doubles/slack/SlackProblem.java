package cloud.enact.doubles.slack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal with Slack's code. */
final class SlackProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, @Nullable Object> json = new LinkedHashMap<>();

    SlackProblem(String code) {
        super(code);
        this.json.put("ok", false);
        this.json.put("error", code);
    }

    static SlackProblem missingScope(String needed, String provided) {
        SlackProblem problem = new SlackProblem("missing_scope");
        problem.json.put("needed", needed);
        problem.json.put("provided", provided);
        return problem;
    }

    Map<String, @Nullable Object> json() {
        return this.json;
    }
}
