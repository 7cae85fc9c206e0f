package cloud.enact.connector.github;

import cloud.enact.connector.github.Descent.Relation;
import cloud.enact.undo.FailureLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a change back on GitHub's own machines, whatever has been added to the branch since. A commit that holds what
 * was there before the change, and comes after it, is merged onto the head of the branch: what both have in common then
 * is the change, so the merge takes it away and leaves everything else. The branch gets the result as one commit, by
 * compare-and-swap, and the branch it was merged on goes in the same instant.
 */
final class ThreeWayRevert {

    private static final FailureLog failures = new FailureLog(ThreeWayRevert.class);

    private static final int ATTEMPTS = 5;

    private final GitData git;

    private final Change change;

    /** Commits that were made for the branch and may have got there. */
    private final Set<String> made = new HashSet<>();

    ThreeWayRevert(GitData git, Change change) {
        this.git = git;
        this.change = change;
    }

    /**
     * Finds out what taking it back would come to; the branch stays where it is.
     *
     * @param head of the branch, {@code null} when it is gone
     * @param goesOn whether more is taken back on the branch afterwards, so that a commit is needed to look from
     */
    Revert foresee(@Nullable String head, boolean goesOn) {
        Revert settled = settled(head);
        if (settled != null || head == null) {
            return (settled != null) ? settled : Revert.of(Revert.Outcome.GONE, null, null);
        }
        String sha = null;
        boolean follows = !head.equals(this.change.last());
        TrialMerge trial = new TrialMerge(this.git, this.change);
        String before = follows ? before() : head;
        if (goesOn || (follows && !trial.isAboutOtherFiles(before, head))) {
            String tree = follows ? trial.tree(before, head) : this.change.treeBefore();
            if (tree == null) {
                return Revert.of(Revert.Outcome.CONFLICT, null, head);
            }
            if (tree.equals(this.git.commit(head).tree())) {
                return Revert.of(Revert.Outcome.NOTHING_LEFT, null, head);
            }
            sha = this.git.createFixedCommit("What will be there without " + this.change.last(), tree, head);
        }
        Revert.Outcome outcome =
                this.git.isProtected(this.change.branch()) ? Revert.Outcome.PROTECTED : Revert.Outcome.REVERTED;
        return Revert.of(outcome, sha, head);
    }

    /** Takes the change back. */
    Revert perform() {
        Revert revert;
        try {
            revert = attempt();
        } catch (RuntimeException ex) {
            sweepAfter(ex);
            throw ex;
        }
        TemporaryBranch.sweep(this.git, this.change.id());
        return revert;
    }

    private void sweepAfter(RuntimeException why) {
        try {
            TemporaryBranch.sweep(this.git, this.change.id());
        } catch (RuntimeException ex) {
            failures.warn("A temporary branch of an undo may be left; the next undo of the step removes it", ex);
            why.addSuppressed(ex);
        }
    }

    private Revert attempt() {
        GitHubException doubt = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                Revert revert = once();
                if (revert != null) {
                    return revert;
                }
            } catch (GitHubException ex) {
                // the branch tells, and moving it twice from the same place is impossible
                if (!ex.isInDoubt()) {
                    throw ex;
                }
                doubt = ex;
            }
        }
        if (doubt != null) {
            Revert settled = settled(this.git.head(this.change.branch()));
            if (settled == null) {
                throw doubt;
            }
            return settled;
        }
        throw GitHubStep.impossible("Branch " + this.change.branch() + " of " + this.git.name()
                + " is moved by others too often to get a commit onto it; try again");
    }

    /** Returns {@code null} when the branch was moved meanwhile. */
    private @Nullable Revert once() {
        String head = this.git.head(this.change.branch());
        Revert settled = settled(head);
        if (settled != null || head == null) {
            return (settled != null) ? settled : Revert.of(Revert.Outcome.GONE, null, null);
        }
        boolean locked = this.git.isProtected(this.change.branch());
        @Nullable TemporaryBranch place = null;
        String tree = this.change.treeBefore();
        if (!head.equals(this.change.last())) {
            place = TemporaryBranch.at(this.git, this.change.id(), head);
            Commit merge;
            try {
                merge = place.merge(before(), "Take back " + this.change.last());
            } catch (GitHubException ex) {
                if (ex.isNotFound()) {
                    // another undo of this step came to its end and cleaned up
                    return null;
                }
                throw ex;
            }
            if (merge == null) {
                return Revert.of(Revert.Outcome.CONFLICT, null, head);
            }
            tree = merge.tree();
        }
        if (tree.equals(this.git.commit(head).tree())) {
            return Revert.of(Revert.Outcome.NOTHING_LEFT, null, head);
        }
        String sha = this.git.createCommit(this.change.message(), tree, head);
        return locked ? Revert.of(Revert.Outcome.PROTECTED, sha, head) : move(head, sha, place);
    }

    /** A commit after the change that holds what was there before it. */
    private String before() {
        return this.git.createFixedCommit(
                "What was there before " + this.change.last(), this.change.treeBefore(), this.change.last());
    }

    private @Nullable Revert move(String head, String sha, @Nullable TemporaryBranch place) {
        List<RefUpdate> updates = new ArrayList<>();
        updates.add(RefUpdate.forward(this.change.branch().ref(), head, sha));
        if (place != null) {
            updates.add(place.end());
        }
        this.made.add(sha);
        RefsResult moved = this.git.update(updates);
        return switch (moved.outcome()) {
            case MOVED -> readBack();
            case STALE -> null;
            case PROTECTED -> Revert.of(Revert.Outcome.PROTECTED, sha, head);
            case REFUSED ->
                throw GitHubStep.impossible("GitHub did not move branch " + this.change.branch() + " of "
                        + this.git.name() + ": " + moved.message());
        };
    }

    private Revert readBack() {
        Revert settled = settled(this.git.head(this.change.branch()));
        if (settled == null || settled.outcome() != Revert.Outcome.REVERTED) {
            throw GitHubStep.impossible("Branch " + this.change.branch() + " of " + this.git.name()
                    + " got the commit and lost it again at once: somebody forced it elsewhere");
        }
        return settled;
    }

    /** What needs no merge to be said; {@code null} when there is something to do. */
    private @Nullable Revert settled(@Nullable String head) {
        if (head == null) {
            return null;
        }
        Descent descent = Descent.between(this.git, this.change.last(), head);
        if (!descent.isDescendant()) {
            return Revert.of(
                    (descent.relation() == Relation.ANCESTOR) ? Revert.Outcome.SET_BACK : Revert.Outcome.REWRITTEN,
                    null,
                    head);
        }
        Commit revert = descent.newest(this.change::isTakenBackBy);
        if (revert == null || !takesBack(revert)) {
            return null;
        }
        Revert.Outcome outcome =
                this.made.contains(revert.sha()) ? Revert.Outcome.REVERTED : Revert.Outcome.REVERTED_BEFORE;
        return Revert.of(outcome, revert.sha(), head);
    }

    /** A message can be copied; a commit that takes nothing away takes nothing back. */
    private boolean takesBack(Commit revert) {
        String parent = revert.parents().get(0);
        return parent.equals(this.change.last())
                ? revert.tree().equals(this.change.treeBefore())
                : !revert.tree().equals(this.git.commit(parent).tree());
    }
}
