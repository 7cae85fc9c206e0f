package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Adds a commit to a branch. The commit is made before anything is on record, where nobody sees it, so that its id is
 * known; then the branch is moved to it from where it was seen.
 */
final class PushCommit extends GitHubStep {

    private static final int MOST_MESSAGE_CHARACTERS = 10_000;

    private final GitData git;

    private final BranchName branch;

    private final ChangedFiles files;

    private final String message;

    private final String marker = UUID.randomUUID().toString();

    private String head = "";

    private String sha = "";

    private PushCommit(GitHubSite site, GitHubArguments args, BranchName branch, ChangedFiles files, String message) {
        super(site, GitHubOperation.PUSH_COMMIT, args.repository(), args.all());
        this.git = new GitData(site.client(), args.repository());
        this.branch = branch;
        this.files = files;
        this.message = message;
    }

    /**
     * Prepares a commit.
     *
     * @throws IllegalArgumentException when an argument is wrong
     */
    static PushCommit prepare(GitHubSite site, GitHubArguments args) {
        if (!(args.all().get("message") instanceof String message) || message.isBlank()) {
            throw new IllegalArgumentException("'message' is missing or not text");
        }
        GitHubArguments.requireText("message", message, MOST_MESSAGE_CHARACTERS);
        return new PushCommit(
                site, args, args.branch("branch"), ChangedFiles.of(args.all().get("files")), message);
    }

    @Override
    @Nullable
    Capture look() {
        String found = this.git.head(this.branch);
        if (found == null) {
            throw impossible("There is no branch " + this.branch + " in " + this.git.name() + "; create it first");
        }
        this.head = found;
        String before = this.git.commit(found).tree();
        String after = new TreeEdit(this.git, before).with(this.files);
        if (after.equals(before)) {
            return null;
        }
        this.sha = this.git.createCommit(CommitMessage.step(this.message, this.marker), after, found);
        Map<String, @Nullable Object> captured = new LinkedHashMap<>();
        captured.put("sha", found);
        captured.put("tree", before);
        captured.put("title", CommitMessage.title(this.message));
        captured.put("marker", this.marker);
        return this.site.capture(captured, Map.of("sha", this.sha));
    }

    @Override
    StepResult change() {
        if (this.sha.isEmpty()) {
            return already("unchanged", output(this.head));
        }
        try {
            RefsResult moved = this.git.update(List.of(RefUpdate.forward(this.branch.ref(), this.head, this.sha)));
            if (!moved.isMoved() && !isIn()) {
                throw impossible(why(moved));
            }
        } catch (GitHubException ex) {
            if (!ex.isInDoubt() || !isInDespite(ex)) {
                throw ex;
            }
        }
        return done(output(this.sha));
    }

    private String why(RefsResult refused) {
        String place = "Branch " + this.branch + " of " + this.git.name();
        return switch (refused.outcome()) {
            case STALE -> place + " was moved by somebody since it was looked at, so nothing was pushed; try again";
            case PROTECTED -> place + " is protected: push to another branch and open a pull request";
            case REFUSED, MOVED -> place + " was not moved. GitHub said: " + refused.message();
        };
    }

    private boolean isIn() {
        String now = this.git.head(this.branch);
        return now != null && Descent.between(this.git, this.sha, now).isDescendant();
    }

    private boolean isInDespite(GitHubException doubt) {
        try {
            return isIn();
        } catch (GitHubException ex) {
            doubt.addSuppressed(ex);
            return false;
        }
    }

    private Map<String, @Nullable Object> output(String sha) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("branch", this.branch.text());
        output.put("sha", sha);
        return output;
    }
}
