package cloud.enact.connector.github;

import org.jspecify.annotations.Nullable;

/**
 * What is taken back: everything that came into a branch with some commits of it that follow each other.
 *
 * @param branch the branch
 * @param last the newest of the commits
 * @param treeBefore what the branch held before the oldest
 * @param title what the commits are about; somebody else chose it
 * @param what the commits, in words
 * @param number of the pull request they came with; {@code null} when there was none
 * @param digest of the step that is undone
 */
record Change(
        BranchName branch,
        String last,
        String treeBefore,
        String title,
        String what,
        @Nullable Integer number,
        String digest) {

    private static final int ID = 16;

    private static final int SHORT = 8;

    boolean isMerge() {
        return this.number != null;
    }

    /** Names it, for people. */
    String shortName() {
        return (this.number != null) ? String.valueOf(this.number) : this.last.substring(0, SHORT);
    }

    /** The message of the commit that takes it back. */
    String message() {
        return CommitMessage.revert(this.title, this.what, this.digest);
    }

    /** Names what is made for undoing the step. */
    String id() {
        return id(this.digest);
    }

    /** Names what is made for the step with this digest. */
    static String id(String digest) {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return hex.substring(0, Math.min(ID, hex.length()));
    }

    /** Whether this is the commit that took it back. */
    boolean isTakenBackBy(Commit commit) {
        // somebody may have copied the trailer, but not into a commit that says the very same
        return commit.parents().size() == 1
                && commit.message().strip().equals(message().strip());
    }
}
