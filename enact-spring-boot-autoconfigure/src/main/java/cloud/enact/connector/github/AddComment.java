package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Comments on an issue or pull request. */
final class AddComment extends GitHubStep {

    private final int number;

    private final String text;

    private final String marker;

    private final Threads threads;

    AddComment(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.COMMENT, arguments.repository(), arguments.all());
        this.number = arguments.number();
        Marker marker = Marker.of(arguments.body(true));
        this.text = marker.in(arguments.body(true));
        this.marker = marker.id();
        this.threads = new Threads(site.client());
    }

    @Override
    Capture look() {
        if (this.threads.issue(this.repository, this.number) == null) {
            throw impossible("There is no issue or pull request #" + this.number);
        }
        return this.site.capture(Map.of(), Map.of("marker", this.marker, "body", Marker.digest(this.text)));
    }

    @Override
    StepResult change() {
        GHRepository repository = fetchRepository();
        Written written = certain(() -> client().change(() -> write(repository)), this::find);
        return done(
                Map.of("number", this.number, "id", written.id(), "url", written.url()),
                Map.of("marker", this.marker, "id", written.id(), "body", Marker.digest(written.body())));
    }

    private Written write(GHRepository repository) throws IOException {
        GHIssue issue = repository.getIssue(this.number);
        GHIssueComment comment = issue.comment(this.text);
        return new Written(comment.getId(), String.valueOf(comment.getHtmlUrl()), comment.getBody());
    }

    private @Nullable Written find() {
        JsonNode found = this.threads.markedComment(this.repository, this.number, this.marker);
        return (found != null)
                ? new Written(
                        found.path("id").asLong(0),
                        found.path("html_url").asString(""),
                        found.path("body").asString(""))
                : null;
    }

    private record Written(long id, String url, String body) {}
}
