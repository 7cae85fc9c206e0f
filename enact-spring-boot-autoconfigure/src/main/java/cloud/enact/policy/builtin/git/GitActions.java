package cloud.enact.policy.builtin.git;

import cloud.enact.policy.ActionWords;
import java.util.Set;

/** Tells by its name whether an action has to do with git. */
final class GitActions {

    private static final Set<String> GIT_HOSTS = Set.of("github", "gitlab", "bitbucket", "gitea", "azuredevops");

    private static final Set<String> NO_PUSH =
            Set.of("pull fetch checkout switch clone rebase log diff status show blame stash".split(" "));

    private GitActions() {}

    /** Whether an action for git is clearly something other than a push. */
    static boolean areNoPush(ActionWords words) {
        return words.isRead() || !words.has("push") && words.indexInOperation(NO_PUSH) >= 0;
    }

    static boolean areGit(ActionWords words) {
        return words.has("git") || words.hasAny(GIT_HOSTS);
    }

    static boolean areOnHost(ActionWords words) {
        return words.hasAny(GIT_HOSTS);
    }
}
