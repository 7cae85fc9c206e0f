package cloud.enact.connector.github;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A pull request that takes a change back, for a branch that only takes pull requests. Its branch is named after the
 * step, so that there is one however often it is asked for.
 */
final class RevertPullRequest {

    private static final String WARNING =
            "Merging the same branch later brings nothing back: revert this revert for that.";

    private final GitData git;

    private final Change change;

    RevertPullRequest(GitData git, Change change) {
        this.git = git;
        this.change = change;
    }

    /** The branch with the commit. */
    BranchName branch() {
        return new BranchName("enact/revert-" + this.change.shortName() + "-" + this.change.id());
    }

    /** The one that was opened before; {@code null} when there is none. */
    @Nullable
    PullRequest find() {
        return PullRequest.find(this.git, branch(), this.change.branch());
    }

    /**
     * Opens it.
     *
     * @param sha the commit that takes the change back
     */
    PullRequest open(String sha) {
        BranchName branch = branch();
        String there = this.git.head(branch);
        if (there == null) {
            RefsResult made = this.git.update(List.of(RefUpdate.create(branch.ref(), sha)));
            if (!made.isMoved() && made.outcome() != RefsResult.Outcome.STALE) {
                throw GitHubStep.impossible("Branch " + branch + " for a revert can't be made: " + made.message());
            }
            there = this.git.head(branch);
        }
        if (there == null || !this.change.isTakenBackBy(this.git.commit(there))) {
            throw GitHubStep.impossible("Branch " + branch + " of " + this.git.name()
                    + " is meant for the revert, and somebody has put something else there; remove it and try again");
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("title", CommitMessage.firstLine(this.change.message()));
        body.put(
                "body",
                "This takes back " + this.change.what() + ".\n" + WARNING + "\n\n"
                        + CommitMessage.undoTrailer(this.change.digest()));
        body.put("head", branch.text());
        body.put("base", this.change.branch().text());
        try {
            JsonNode opened = this.git.client().send("POST", this.git.name().path() + "/pulls", body);
            return PullRequest.of(this.git, opened);
        } catch (GitHubException ex) {
            PullRequest found = find();
            if (found == null) {
                throw ex;
            }
            return found;
        }
    }

    /** Opens one again that was closed. */
    PullRequest reopen(PullRequest closed) {
        set(closed, "open");
        PullRequest now = find();
        return (now != null) ? now : closed;
    }

    /** Closes one. */
    void close(PullRequest open) {
        set(open, "closed");
    }

    private void set(PullRequest pull, String state) {
        this.git.client().send("PATCH", this.git.name().path() + "/pulls/" + pull.number(), Map.of("state", state));
    }
}
