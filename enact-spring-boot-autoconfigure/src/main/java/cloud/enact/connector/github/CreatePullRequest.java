package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Opens a pull request between two branches of a repository. */
final class CreatePullRequest extends GitHubStep {

    private final String title;

    private final String body;

    private final BranchName head;

    private final BranchName base;

    private final boolean draft;

    private final Threads threads;

    private final Marker marker;

    private @Nullable GHRepository found;

    private @Nullable JsonNode open;

    private CreatePullRequest(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.CREATE_PR, arguments.repository(), arguments.all());
        this.title = arguments.title();
        this.body = arguments.body(false);
        this.head = arguments.branch("head");
        this.base = arguments.branch("base");
        this.draft = arguments.flag("draft");
        this.threads = new Threads(site.client());
        this.marker = Marker.of(this.title);
    }

    /** The step; a base that isn't named is the default branch, so that policies see which. */
    static CreatePullRequest of(GitHubSite site, GitHubArguments arguments) {
        if (arguments.has("base")) {
            return new CreatePullRequest(site, arguments);
        }
        String base = site.client().repository(arguments.repository()).getDefaultBranch();
        return new CreatePullRequest(site, new GitHubArguments(arguments.with("base", base)));
    }

    @Override
    @Nullable
    Capture look() {
        this.open = this.threads.openPull(this.repository, this.head, this.base);
        if (this.open != null) {
            return null;
        }
        requireBranch(this.head);
        requireBranch(this.base);
        this.found = fetchRepository();
        return this.site.capture(Map.of(), Map.of("marker", this.marker.id()));
    }

    private void requireBranch(BranchName branch) {
        if (client().references().head(this.repository, branch) == null) {
            throw impossible("There is no branch '" + branch + "'");
        }
    }

    @Override
    StepResult change() {
        if (this.open != null) {
            return already("created", Opened.of(this.open).output());
        }
        GHRepository repository = this.found;
        if (repository == null) {
            throw impossible("The step was not captured");
        }
        Opened opened = certain(
                () -> client().change(() -> opened(repository)),
                () -> Opened.ofNullable(this.threads.markedPull(this.repository, this.head, this.marker.id())));
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        left.put("marker", this.marker.id());
        left.put("number", opened.number());
        return done(opened.output(), left);
    }

    private Opened opened(GHRepository repository) throws IOException {
        GHPullRequest pull = repository.createPullRequest(
                this.title, this.head.text(), this.base.text(), this.marker.in(this.body), true, this.draft);
        return new Opened(pull.getNumber(), String.valueOf(pull.getHtmlUrl()));
    }
}
