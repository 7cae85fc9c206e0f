package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Closes an issue, or a pull request without merging it. */
final class CloseThread extends GitHubStep {

    private final boolean pull;

    private final int number;

    private final Threads threads;

    private boolean closed;

    CloseThread(GitHubSite site, GitHubOperation operation, GitHubArguments arguments) {
        super(site, operation, arguments.repository(), arguments.all());
        this.pull = operation == GitHubOperation.CLOSE_PR;
        this.number = arguments.number();
        this.threads = new Threads(site.client());
    }

    @Override
    @Nullable
    Capture look() {
        JsonNode thread = find();
        if (thread == null) {
            throw impossible("There is no " + kind() + " #" + this.number);
        }
        if (!this.pull && thread.has("pull_request")) {
            throw impossible("#" + this.number + " is a pull request; close_pr closes it");
        }
        this.closed = !Threads.isOpen(thread);
        return this.closed ? null : this.site.capture(Map.of("state", "open"), Map.of("state", "closed"));
    }

    @Override
    StepResult change() {
        Map<String, @Nullable Object> output = Map.of("number", this.number);
        if (this.closed) {
            return already("closed", output);
        }
        GHRepository repository = fetchRepository();
        JsonNode now = certain(() -> close(repository), this::closedNow);
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        left.put("state", "closed");
        // tells this closing from a later one
        left.put("closed_at", now.path("closed_at").asString(null));
        return done(output, left);
    }

    private JsonNode close(GHRepository repository) {
        client().change(() -> {
            if (this.pull) {
                repository.getPullRequest(this.number).close();
            } else {
                repository.getIssue(this.number).close();
            }
            return true;
        });
        changed();
        JsonNode now = closedNow();
        if (now == null) {
            throw impossible("Somebody opened #" + this.number + " again at this moment");
        }
        return now;
    }

    private @Nullable JsonNode closedNow() {
        JsonNode now = find();
        return (now != null && !Threads.isOpen(now)) ? now : null;
    }

    private @Nullable JsonNode find() {
        return this.pull
                ? this.threads.pull(this.repository, this.number)
                : this.threads.issue(this.repository, this.number);
    }

    private String kind() {
        return this.pull ? "pull request" : "issue";
    }
}
