package cloud.enact.hook;

import java.util.Set;

/**
 * An installation of a coding agent, known by its token.
 *
 * @param id who asks with that token, such as an e-mail address
 * @param roles roles
 * @param headless whether nobody sits in front of it
 */
public record Installation(String id, Set<String> roles, boolean headless) {

    public Installation {
        if (id.isBlank()) {
            throw new IllegalArgumentException("An installation needs an id");
        }
        roles = Set.copyOf(roles);
    }
}
