package cloud.enact.connector.github;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commits of steps that were all taken back again, so that a branch holds what it did before them. */
final class OwnCommits {

    private static final Pattern STEP = Pattern.compile("(?m)^" + CommitMessage.trailer("[0-9a-f-]{36}") + "\\z");

    /** What takes a commit back says which, and so does what is made to look how that would be. */
    private static final Pattern TAKES_BACK =
            Pattern.compile("(?m)^(?:This takes back commit|What will be there without) ([0-9a-f]{40})");

    private OwnCommits() {}

    /**
     * Whether nothing but such commits lies between two. A message can be copied: whoever relies on this keeps the
     * commits.
     */
    static boolean areAllBetween(GitData git, String older, String newer) {
        Descent descent = Descent.between(git, older, newer);
        if (!descent.isDescendant()
                || !git.commit(newer).tree().equals(git.commit(older).tree())) {
            return false;
        }
        List<Commit> since = descent.since();
        if (since.isEmpty() || !since.get(since.size() - 1).sha().equals(newer)) {
            // there are too many to look at
            return false;
        }
        Set<String> takenBack = new HashSet<>();
        for (int i = since.size() - 1; i >= 0; i--) {
            Commit commit = since.get(i);
            Matcher takesBack = TAKES_BACK.matcher(commit.message());
            if (takesBack.find()) {
                takenBack.add(takesBack.group(1));
            } else if (!takenBack.contains(commit.sha())
                    || !STEP.matcher(commit.message().strip()).find()) {
                return false;
            }
            if (commit.parents().size() != 1) {
                return false;
            }
        }
        return true;
    }
}
