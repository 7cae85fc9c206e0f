package cloud.enact.analysis.command;

/** What a git command brings about. */
public enum GitEffect {
    /** Refs of a remote repository are updated. */
    PUSHES,
    /** A ref of a remote repository loses what it had: forced, mirrored, pruned or deleted. */
    REWRITES_REMOTE,
    /** A branch is deleted, here or in a remote repository. */
    DELETES_BRANCH,
    /** A tag is deleted or moved. */
    CHANGES_TAG,
    /** Changes that nobody committed are thrown away. */
    DISCARDS_CHANGES,
    /** Files that git does not know are deleted. */
    CLEANS,
    /** Commits become unreachable or are deleted for good. */
    LOSES_HISTORY,
    /** Commits are replaced by others. */
    REWRITES_HISTORY,
    /** One branch goes into another. */
    MERGES,
    /** A commit is made. */
    COMMITS,
    /** Settings make git run a program. */
    RUNS_PROGRAM,
    /** A remote gets another address. */
    REDIRECTS_REMOTE
}
