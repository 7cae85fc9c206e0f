package cloud.enact.connector.github;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A branch that is there while GitHub merges, because it merges into branches only. Each has a name of its own, so that
 * two that take the same change back don't meet.
 */
final class TemporaryBranch {

    private static final Log logger = LogFactory.getLog(TemporaryBranch.class);

    private static final int SWEEPS = 3;

    private static final String HOME = "enact/undo/";

    private final BranchName name;

    private String at;

    private TemporaryBranch(BranchName name, String at) {
        this.name = name;
        this.at = at;
    }

    /** Makes one. */
    static TemporaryBranch at(GitData git, String id, String sha) {
        BranchName name = new BranchName(HOME + id + "-" + UUID.randomUUID());
        RefsResult made = git.update(List.of(RefUpdate.create(name.ref(), sha)));
        if (!made.isMoved()) {
            throw GitHubStep.impossible("GitHub merges on a branch of its own below " + HOME
                    + ", and it can't be made there: " + made.message());
        }
        return new TemporaryBranch(name, sha);
    }

    BranchName name() {
        return this.name;
    }

    /** Follows a merge that was made on it. */
    void movedTo(String sha) {
        this.at = sha;
    }

    /** Its end, to go along with something else. */
    RefUpdate end() {
        return RefUpdate.delete(this.name.ref(), this.at);
    }

    /** Removes all that were ever made under this id and are still there. */
    static void sweep(GitData git, String id) {
        RefsResult swept = RefsResult.moved();
        for (int i = 0; i < SWEEPS; i++) {
            List<RefUpdate> ends = new ArrayList<>();
            git.refs("refs/heads/" + HOME + id + "-").forEach((ref, sha) -> ends.add(RefUpdate.delete(ref, sha)));
            if (ends.isEmpty()) {
                return;
            }
            swept = git.update(ends);
            if (swept.isMoved()) {
                return;
            }
        }
        logger.warn("A temporary branch below " + HOME + id + " of " + git.name() + " is left: " + swept.message());
    }
}
