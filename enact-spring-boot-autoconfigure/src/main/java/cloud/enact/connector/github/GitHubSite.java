package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all steps of one instance share.
 *
 * @param connector name of the instance
 * @param endpoint where its GitHub is
 * @param client GitHub as its token sees it
 * @param rights what the token must be allowed to do
 * @param resetPushes whether a pushed commit is taken off its branch again instead of being reverted
 */
record GitHubSite(
        String connector, GitHubEndpoint endpoint, GitHubClient client, GitHubRights rights, boolean resetPushes) {

    /** Name under which a record says which GitHub it is about. */
    static final String API = "api";

    /**
     * What a step captured.
     *
     * @param before what is there
     * @param expected what the step will leave
     */
    Capture capture(Map<String, @Nullable Object> before, Map<String, @Nullable Object> expected) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(before);
        all.put(API, this.endpoint.rest().toString());
        return new Capture(new PreState(all), new Fingerprint(expected));
    }
}
