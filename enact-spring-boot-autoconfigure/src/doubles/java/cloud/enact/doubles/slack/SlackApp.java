package cloud.enact.doubles.slack;

import java.util.Set;

/**
 * An installed app, known by its token.
 *
 * @param user its user id
 * @param scopes what its token may
 */
record SlackApp(String user, Set<String> scopes) {

    SlackApp {
        scopes = Set.copyOf(scopes);
    }

    String provided() {
        return String.join(",", this.scopes.stream().sorted().toList());
    }

    void require(String scope) {
        if (!this.scopes.contains(scope)) {
            throw SlackProblem.missingScope(scope, provided());
        }
    }
}
