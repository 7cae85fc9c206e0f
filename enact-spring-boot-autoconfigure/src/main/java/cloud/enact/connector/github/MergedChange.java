package cloud.enact.connector.github;

import java.util.List;

/**
 * What merging a pull request brought into its base.
 *
 * @param last the newest commit it brought
 * @param before the commit that was the head of the base before
 */
record MergedChange(String last, String before) {

    /**
     * Finds out what was there before.
     *
     * @param commits those of the pull request, oldest first
     * @param last the newest commit of the base that the merge brought
     * @param rebased whether each commit was copied, so that there may be several
     */
    static MergedChange of(GitData git, List<Commit> commits, String last, boolean rebased) {
        Commit commit = git.commit(last);
        String before = firstParent(commit);
        if (rebased && commit.parents().size() == 1) {
            before = beforeCopies(git, commits, commit);
        }
        return new MergedChange(last, before);
    }

    /** Goes back over copies of the commits; some may be missing, where the base had what they change. */
    private static String beforeCopies(GitData git, List<Commit> commits, Commit last) {
        Commit at = last;
        for (int i = commits.size() - 1; i >= 0; i--) {
            if (at.parents().size() == 1 && at.isCopyOf(commits.get(i))) {
                at = git.commit(firstParent(at));
            }
        }
        // a rebase that brought nothing made no commit, so the last one is a copy, changed or not
        return at.sha().equals(last.sha()) ? firstParent(last) : at.sha();
    }

    private static String firstParent(Commit commit) {
        if (commit.parents().isEmpty()) {
            throw GitHubStep.impossible("Commit " + commit.sha() + " has nothing before it");
        }
        return commit.parents().get(0);
    }
}
