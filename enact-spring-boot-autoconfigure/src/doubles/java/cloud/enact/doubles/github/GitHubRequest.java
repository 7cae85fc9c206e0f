package cloud.enact.doubles.github;

import java.util.Map;

/**
 * One request as it arrived, without its headers.
 *
 * @param method the HTTP method
 * @param path the decoded path, without the query
 * @param query the decoded query
 * @param body the body, empty without one
 */
public record GitHubRequest(String method, String path, Map<String, String> query, String body) {

    public GitHubRequest {
        query = Map.copyOf(query);
    }

    /** Whether it may change something. */
    public boolean isWrite() {
        return !this.method.equals("GET") && !this.method.equals("HEAD");
    }

    /** Whether it is a call of this GraphQL mutation. */
    public boolean isMutation(String name) {
        return this.path.equals("/graphql") && this.body.contains(name);
    }

    @Override
    public String toString() {
        return this.method + " " + this.path;
    }
}
