package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueBuilder;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Opens an issue, unless one with the same title and content is open that this connector opened. */
final class CreateIssue extends GitHubStep {

    private final String title;

    private final String body;

    private final List<String> labels;

    private final Threads threads;

    private final Marker marker;

    private @Nullable GHRepository found;

    private @Nullable JsonNode same;

    private CreateIssue(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.CREATE_ISSUE, arguments.repository(), arguments.all());
        this.title = arguments.title();
        this.body = arguments.body(false);
        this.labels = arguments.labels();
        this.threads = new Threads(site.client());
        this.marker = Marker.of(this.title + "\n" + this.body + "\n" + this.labels);
    }

    /** The step, with labels as the repository writes them. */
    static CreateIssue prepare(GitHubSite site, GitHubArguments arguments) {
        if (!arguments.has("labels")) {
            return new CreateIssue(site, arguments);
        }
        List<String> labels = arguments.labels().stream()
                .map(label -> AddLabel.spelled(site.client(), arguments.repository(), label))
                .toList();
        return new CreateIssue(site, new GitHubArguments(arguments.with("labels", labels)));
    }

    @Override
    @Nullable
    Capture look() {
        this.found = fetchRepository();
        this.same = this.threads.sameIssue(this.repository, this.title, this.marker);
        if (this.same != null) {
            return null;
        }
        for (String label : this.labels) {
            AddLabel.requireKnown(client(), this.repository, label);
        }
        return this.site.capture(Map.of(), Map.of("marker", this.marker.id()));
    }

    @Override
    StepResult change() {
        GHRepository repository = this.found;
        if (this.same != null || repository == null) {
            return already("created", (this.same != null) ? Opened.of(this.same).output() : Map.of());
        }
        Opened opened = certain(
                () -> client().change(() -> opened(repository)),
                () -> Opened.ofNullable(this.threads.markedIssue(this.repository, this.marker.id())));
        return done(opened.output(), Map.of("marker", this.marker.id(), "number", opened.number()));
    }

    private Opened opened(GHRepository repository) throws IOException {
        GHIssueBuilder builder = repository.createIssue(this.title).body(this.marker.in(this.body));
        this.labels.forEach(builder::label);
        GHIssue issue = builder.create();
        return new Opened(issue.getNumber(), String.valueOf(issue.getHtmlUrl()));
    }
}
