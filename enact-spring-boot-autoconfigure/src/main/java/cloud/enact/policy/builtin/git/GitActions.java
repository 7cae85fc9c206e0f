package cloud.enact.policy.builtin.git;

import cloud.enact.policy.ActionWords;
import java.util.Set;

/** Tells by its name whether an action has to do with git. */
final class GitActions {

    private static final Set<String> GIT_HOSTS = Set.of("github", "gitlab", "bitbucket", "gitea", "azuredevops");

    private GitActions() {}

    static boolean areGit(ActionWords words) {
        return words.has("git") || words.hasAny(GIT_HOSTS);
    }

    static boolean areOnHost(ActionWords words) {
        return words.hasAny(GIT_HOSTS);
    }
}
