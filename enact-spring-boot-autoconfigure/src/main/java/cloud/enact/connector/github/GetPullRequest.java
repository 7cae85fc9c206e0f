package cloud.enact.connector.github;

import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a pull request. */
final class GetPullRequest extends ReadStep {

    private final int number;

    GetPullRequest(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.GET_PR, arguments, "body");
        this.number = arguments.number();
    }

    @Override
    StepResult change() {
        JsonNode pull = new Threads(client()).pull(this.repository, this.number);
        if (pull == null) {
            throw impossible("There is no pull request #" + this.number);
        }
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("number", this.number);
        output.put("url", pull.path("html_url").asString(""));
        output.put("title", pull.path("title").asString(""));
        output.put("body", pull.path("body").asString(""));
        output.put("state", pull.path("state").asString(""));
        output.put("draft", pull.path("draft").asBoolean(false));
        output.put("merged", Threads.isMerged(pull));
        output.put("head", pull.path("head").path("ref").asString(""));
        output.put("head_sha", pull.path("head").path("sha").asString(""));
        output.put("base", pull.path("base").path("ref").asString(""));
        return done(output);
    }
}
