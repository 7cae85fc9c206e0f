package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;

/** Deletes a branch. Its commits stay reachable under a reference of their own. */
final class DeleteBranch extends GitHubStep {

    private final BranchName branch;

    private final String pin = Pin.ref(UUID.randomUUID().toString());

    private @Nullable GHRepository found;

    private String sha = RefUpdate.NOTHING;

    private List<Integer> pulls = List.of();

    DeleteBranch(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.DELETE_BRANCH, arguments.repository(), arguments.all());
        this.branch = arguments.branch("branch");
    }

    @Override
    @Nullable
    Capture look() {
        GHRepository repository = fetchRepository();
        if (this.branch.text().equals(repository.getDefaultBranch())) {
            throw impossible("The default branch can't be deleted");
        }
        String there = client().references().head(this.repository, this.branch);
        if (there == null) {
            return null;
        }
        this.found = repository;
        this.sha = there;
        this.pulls = pulls();
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        before.put("sha", there);
        before.put("pin", this.pin);
        before.put("pulls", this.pulls);
        return this.site.capture(before, Map.of("sha", RefUpdate.NOTHING));
    }

    @Override
    StepResult change() {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("branch", this.branch.text());
        if (this.found == null) {
            return already("deleted", output);
        }
        output.put("sha", this.sha);
        output.put("pull_requests", this.pulls);
        if (!this.pulls.equals(pulls())) {
            // undo would not know that they were open
            throw impossible("Pull requests from or to the branch '" + this.branch
                    + "' were opened or closed meanwhile, so it was left alone");
        }
        // in one go: there is no moment in which nothing holds its commits
        List<RefUpdate> updates =
                List.of(RefUpdate.create(this.pin, this.sha), RefUpdate.delete(this.branch.ref(), this.sha));
        RefsResult result = client().updateRefs(this.found, updates);
        return switch (result.outcome()) {
            case MOVED -> done(output);
            case STALE ->
                throw impossible("Somebody moved or deleted the branch '" + this.branch
                        + "' at this moment, so it was left alone");
            case PROTECTED, REFUSED ->
                throw impossible("The branch '" + this.branch + "' was not deleted. GitHub said: " + result.message());
        };
    }

    /** Open pull requests that are going to be closed with the branch. */
    private List<Integer> pulls() {
        return new Threads(client())
                .openPulls(this.repository, this.branch).stream()
                        .map(pull -> pull.path("number").asInt(0))
                        .sorted()
                        .toList();
    }
}
