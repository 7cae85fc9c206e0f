package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Puts a label of the repository on an issue or pull request. */
final class AddLabel extends GitHubStep {

    private final int number;

    private final String label;

    private final Threads threads;

    private boolean there;

    private AddLabel(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.ADD_LABEL, arguments.repository(), arguments.all());
        this.number = arguments.number();
        this.label = arguments.label();
        this.threads = new Threads(site.client());
    }

    /** The step, with the label as the repository writes it. */
    static AddLabel prepare(GitHubSite site, GitHubArguments arguments) {
        String label = spelled(site.client(), arguments.repository(), arguments.label());
        return new AddLabel(site, new GitHubArguments(arguments.with("label", label)));
    }

    /** Requires a label the repository has: GitHub would make one, and nobody would take that away again. */
    static void requireKnown(GitHubClient client, RepositoryName repository, String label) {
        if (find(client, repository, label) == null) {
            throw impossible("The repository has no label '" + label + "'; make it first");
        }
    }

    /** The label as the repository writes it: policies compare letters, and GitHub does not look at capitals. */
    static String spelled(GitHubClient client, RepositoryName repository, String label) {
        JsonNode found = find(client, repository, label);
        String name = (found != null) ? found.path("name").asString("") : "";
        return name.equalsIgnoreCase(label) ? name : label;
    }

    private static @Nullable JsonNode find(GitHubClient client, RepositoryName repository, String label) {
        return client.get(
                repository.path() + "/labels/" + Threads.encoded(label).replace("+", "%20"));
    }

    @Override
    @Nullable
    Capture look() {
        JsonNode thread = this.threads.issue(this.repository, this.number);
        if (thread == null) {
            throw impossible("There is no issue or pull request #" + this.number);
        }
        this.there = Threads.hasLabel(thread, this.label);
        if (this.there) {
            return null;
        }
        requireKnown(client(), this.repository, this.label);
        return this.site.capture(Map.of("labelled", false), Map.of("labelled", true));
    }

    @Override
    StepResult change() {
        Map<String, @Nullable Object> output = Map.of("number", this.number, "label", this.label);
        if (this.there) {
            return already("labelled", output);
        }
        GHRepository repository = fetchRepository();
        certain(
                () -> client().change(() -> {
                    repository.getIssue(this.number).addLabels(this.label);
                    return true;
                }),
                () -> isThere() ? true : null);
        return done(output);
    }

    private boolean isThere() {
        JsonNode thread = this.threads.issue(this.repository, this.number);
        return thread != null && Threads.hasLabel(thread, this.label);
    }
}
