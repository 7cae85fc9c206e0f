package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Makes a branch. */
final class CreateBranch extends GitHubStep {

    private final BranchName branch;

    private final @Nullable String from;

    private @Nullable GHRepository found;

    private String sha = RefUpdate.NOTHING;

    CreateBranch(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.CREATE_BRANCH, arguments.repository(), arguments.all());
        this.branch = arguments.branch("branch");
        this.from = arguments.has("from") ? arguments.word("from") : null;
        if (this.from != null && !GitHubArguments.isSha(this.from)) {
            arguments.branch("from");
        }
    }

    @Override
    @Nullable
    Capture look() {
        GHRepository repository = fetchRepository();
        this.sha = start(repository);
        String there = client().references().head(this.repository, this.branch);
        if (this.sha.equals(there)) {
            return null;
        }
        if (there != null) {
            throw impossible("The branch '" + this.branch + "' is there already, at the commit " + there);
        }
        this.found = repository;
        return this.site.capture(Map.of(), Map.of("sha", this.sha));
    }

    private String start(GHRepository repository) {
        if (this.from != null && GitHubArguments.isSha(this.from)) {
            if (client().get(this.repository.path() + "/git/commits/" + this.from) == null) {
                throw impossible("There is no commit " + this.from);
            }
            requireOwn(repository, this.from);
            return this.from;
        }
        BranchName start = new BranchName((this.from != null) ? this.from : repository.getDefaultBranch());
        String sha = client().references().head(this.repository, start);
        if (sha == null) {
            throw impossible("There is no branch '" + start + "' to start from");
        }
        return sha;
    }

    /**
     * Requires a commit that is in the default branch, or at the head of a branch or tag. GitHub also finds commits of
     * every fork under the repository's own name: what anybody wrote there would get a branch, and workflows that run.
     */
    private void requireOwn(GHRepository repository, String commit) {
        JsonNode compared = client().get(this.repository.path() + "/compare/" + commit + "..."
                + References.encoded(repository.getDefaultBranch()) + "?per_page=1");
        String status = (compared != null) ? compared.path("status").asString("") : "";
        if (status.equals("ahead") || status.equals("identical")) {
            return;
        }
        GitData git = new GitData(client(), this.repository);
        if (!git.refs("refs/heads/").containsValue(commit)
                && !git.refs("refs/tags/").containsValue(commit)) {
            throw impossible(
                    "Commit " + commit + " is neither in the default branch nor at the head of a branch or tag,"
                            + " so it may be somebody's fork; name a branch to start from");
        }
    }

    @Override
    StepResult change() {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("branch", this.branch.text());
        output.put("sha", this.sha);
        if (this.found == null) {
            return already("created", output);
        }
        RefsResult result = client().updateRefs(this.found, List.of(RefUpdate.create(this.branch.ref(), this.sha)));
        return switch (result.outcome()) {
            case MOVED -> done(output);
            case STALE -> throw impossible("Somebody else made the branch '" + this.branch + "' at this moment");
            case PROTECTED, REFUSED ->
                throw impossible("The branch '" + this.branch + "' was not made. GitHub said: " + result.message());
        };
    }
}
