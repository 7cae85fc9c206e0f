package cloud.enact.connector.github;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where GitHub is.
 *
 * @param rest base of the REST API, without a slash at its end
 */
record GitHubEndpoint(URI rest) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String ENTERPRISE = "/api/v3";

    GitHubEndpoint {
        String text = rest.toString();
        String scheme = String.valueOf(rest.getScheme()).toLowerCase(Locale.ROOT);
        if (rest.getHost() == null
                || rest.getRawUserInfo() != null
                || rest.getRawQuery() != null
                || rest.getRawFragment() != null
                || !Set.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException("The endpoint is not the address of an API, such as"
                    + " https://api.github.com or https://github.example.com/api/v3");
        }
        if (scheme.equals("http") && !THIS_MACHINE.contains(rest.getHost())) {
            throw new IllegalArgumentException(
                    "The endpoint is not https, so everybody on the way could read the token");
        }
        rest = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : rest;
    }

    /** The GraphQL API beside it. */
    URI graphql() {
        String text = this.rest.toString();
        return URI.create(
                (text.endsWith(ENTERPRISE) ? text.substring(0, text.length() - "/v3".length()) : text) + "/graphql");
    }

    boolean isPlain() {
        return this.rest.getScheme().equalsIgnoreCase("http");
    }
}
