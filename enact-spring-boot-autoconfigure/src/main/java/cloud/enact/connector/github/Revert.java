package cloud.enact.connector.github;

import org.jspecify.annotations.Nullable;

/**
 * What came of taking a change back.
 *
 * @param outcome what came of it
 * @param sha the commit that takes it back, or would on a branch that is protected; {@code null} when there is none
 * @param head where the branch was then; {@code null} when it is gone
 */
record Revert(
        Outcome outcome, @Nullable String sha, @Nullable String head) {

    /** What came of it. */
    enum Outcome {
        /** The commit is in the branch. */
        REVERTED,
        /** It was before. */
        REVERTED_BEFORE,
        /** The branch holds nothing of the change any more. */
        NOTHING_LEFT,
        /** The commit could be made, and rules keep it away from the branch. */
        PROTECTED,
        /** Later commits changed the same lines. */
        CONFLICT,
        /** The commits of the change are not in the branch: its history was rewritten. */
        REWRITTEN,
        /** The branch was set back to before the change. */
        SET_BACK,
        /** The branch is gone. */
        GONE
    }

    static Revert of(Outcome outcome, @Nullable String sha, @Nullable String head) {
        return new Revert(outcome, sha, head);
    }

    /** The commit, where there is one. */
    String commit() {
        if (this.sha == null) {
            throw new IllegalStateException("There is no commit for " + this.outcome);
        }
        return this.sha;
    }
}
