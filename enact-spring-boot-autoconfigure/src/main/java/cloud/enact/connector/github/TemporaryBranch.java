package cloud.enact.connector.github;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A branch that is there while GitHub merges, because it merges into branches only. Each has a name of its own, so that
 * two that take the same change back don't meet.
 */
final class TemporaryBranch {

    private static final Log logger = LogFactory.getLog(TemporaryBranch.class);

    private static final int SWEEPS = 3;

    private static final String HOME = "enact/undo/";

    private static final String TRIAL = "-trial-";

    private final GitData git;

    private final BranchName name;

    private String at;

    private TemporaryBranch(GitData git, BranchName name, String at) {
        this.git = git;
        this.name = name;
        this.at = at;
    }

    /** Makes one. */
    static TemporaryBranch at(GitData git, String id, String sha) {
        return make(git, id + "-" + UUID.randomUUID(), sha);
    }

    /** Makes one that an undo of the same step does not mistake for its own. */
    static TemporaryBranch forTrial(GitData git, String id, String sha) {
        return make(git, id + TRIAL + UUID.randomUUID(), sha);
    }

    private static TemporaryBranch make(GitData git, String ownName, String sha) {
        BranchName name = new BranchName(HOME + ownName);
        RefsResult made = git.update(List.of(RefUpdate.create(name.ref(), sha)));
        if (!made.isMoved()) {
            throw GitHubStep.impossible("GitHub merges on a branch of its own below " + HOME
                    + ", and it can't be made there: " + made.message());
        }
        return new TemporaryBranch(git, name, sha);
    }

    /**
     * Has GitHub merge a commit into it.
     *
     * @return the merge; {@code null} when both sides changed the same lines
     */
    @Nullable
    Commit merge(String sha, String message) {
        Commit merge = this.git.merge(this.name, sha, message);
        if (merge != null && !merge.parents().equals(List.of(this.at, sha))) {
            throw GitHubStep.impossible("Somebody else works on " + this.name + " of " + this.git.name()
                    + ", a temporary branch of an undo; try again");
        }
        if (merge != null) {
            this.at = merge.sha();
        }
        return merge;
    }

    /** Its end, to go along with something else. */
    RefUpdate end() {
        return RefUpdate.delete(this.name.ref(), this.at);
    }

    /** Removes all that were ever made under this id and are still there. */
    static void sweep(GitData git, String id) {
        sweepBelow(git, id + "-");
    }

    /** Removes all that were made to try something. */
    static void sweepTrials(GitData git, String id) {
        sweepBelow(git, id + TRIAL);
    }

    private static void sweepBelow(GitData git, String beginning) {
        RefsResult swept = RefsResult.moved();
        for (int i = 0; i < SWEEPS; i++) {
            List<RefUpdate> ends = new ArrayList<>();
            git.refs("refs/heads/" + HOME + beginning).forEach((ref, sha) -> ends.add(RefUpdate.delete(ref, sha)));
            if (ends.isEmpty()) {
                return;
            }
            swept = git.update(ends);
            if (swept.isMoved()) {
                return;
            }
        }
        logger.warn(
                "A temporary branch below " + HOME + beginning + " of " + git.name() + " is left: " + swept.message());
    }
}
