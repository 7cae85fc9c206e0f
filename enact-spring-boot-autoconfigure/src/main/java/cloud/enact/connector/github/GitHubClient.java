package cloud.enact.connector.github;

import cloud.enact.connector.github.GitHubException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GitHub as one token sees it. Thread-safe. */
final class GitHubClient {

    private static final Log logger = LogFactory.getLog(GitHubClient.class);

    private final GitHubEndpoint endpoint;

    private final JsonMapper json = JsonMapper.builder().build();

    private final Refusals refusals;

    private final GitHubTransport transport;

    private final GitHub github;

    private final String authorization;

    private final References references = new References(this);

    GitHubClient(GitHubEndpoint endpoint, String token, GitHubLimits limits) {
        this.endpoint = endpoint;
        this.authorization = "Bearer " + token;
        this.refusals = new Refusals(this.json, token, Clock.systemUTC());
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(limits.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(endpoint.isPlain() ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
                .build();
        this.transport = new GitHubTransport(
                http, endpoint.rest(), limits.requestTimeout(), limits.answerBytes(), this.refusals);
        try {
            this.github = new GitHubBuilder()
                    .withEndpoint(endpoint.rest().toString())
                    // as a plain provider, because one that knows a user asks for that user unbidden
                    .withAuthorizationProvider(() -> this.authorization)
                    .withConnector(this.transport)
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .build();
        } catch (IOException ex) {
            throw new IllegalArgumentException("The endpoint can't be used: " + ex.getMessage(), ex);
        }
    }

    /** The repository as it is now; one request. */
    GHRepository repository(RepositoryName name) {
        return ask(() -> this.github.getRepository(name.toString()));
    }

    /** References of the repository. */
    References references() {
        return this.references;
    }

    /**
     * Reads something through the library.
     *
     * @throws GitHubException when there is no answer, or it can't be read
     */
    <T> T ask(Call<T> call) {
        try {
            return call.call();
        } catch (IOException ex) {
            throw new GitHubException(Kind.UNAVAILABLE, 0, "GitHub's answer can't be read", ex);
        }
    }

    /**
     * Changes something through the library.
     *
     * @throws GitHubException when it was refused; in doubt when nobody can tell whether it happened
     */
    <T> T change(Call<T> call) {
        try {
            return call.call();
        } catch (IOException ex) {
            throw new GitHubException(
                    Kind.IN_DOUBT, 0, "GitHub's answer can't be read, so the change may have happened", ex);
        }
    }

    /**
     * Changes something that is looked at afterwards, whatever the answer was.
     *
     * @throws GitHubException when it was refused
     */
    void attempt(Call<?> call) {
        try {
            change(call);
        } catch (GitHubException ex) {
            if (!ex.isInDoubt()) {
                throw ex;
            }
            logger.debug("A change is in doubt, and looked for", ex);
        }
    }

    /**
     * Reads a resource.
     *
     * @param path below the endpoint, its parts encoded
     * @return {@code null} when there is none
     */
    @Nullable
    JsonNode get(String path) {
        Seen seen = see(path);
        return (seen != null) ? seen.body() : null;
    }

    /** Reads a resource, with what its answer tells of the token; {@code null} when there is none. */
    @Nullable
    Seen see(String path) {
        HttpRequest.Builder request =
                request(URI.create(this.endpoint.rest() + path)).GET();
        try {
            HttpResponse<byte[]> answer = this.transport.exchange(request, false);
            return new Seen(
                    read(answer.body(), false),
                    answer.headers().firstValue("X-OAuth-Scopes").orElse(null));
        } catch (GitHubException ex) {
            if (ex.isNotFound()) {
                return null;
            }
            throw ex;
        }
    }

    /**
     * Changes a resource.
     *
     * @param method how
     * @param path below the endpoint, its parts encoded
     * @param body what is sent
     * @throws GitHubException when it was refused; in doubt when nobody can tell whether it happened
     */
    JsonNode send(String method, String path, Map<String, @Nullable Object> body) {
        HttpRequest.Builder request = request(URI.create(this.endpoint.rest() + path))
                .method(method, BodyPublishers.ofByteArray(this.json.writeValueAsBytes(body)));
        return read(this.transport.exchange(request, true).body(), true);
    }

    /**
     * Asks the GraphQL API.
     *
     * @param query the document
     * @param variables its variables
     * @param change whether it changes something
     * @return the whole answer, with {@code data} or {@code errors}
     */
    JsonNode graphql(String query, Map<String, @Nullable Object> variables, boolean change) {
        byte[] body = this.json.writeValueAsBytes(Map.of("query", query, "variables", variables));
        HttpRequest.Builder request = request(this.endpoint.graphql()).POST(BodyPublishers.ofByteArray(body));
        return read(this.transport.exchange(request, change).body(), change);
    }

    /** What GitHub said, fit to be shown. */
    String shown(String text) {
        return this.refusals.shown(text);
    }

    /**
     * Moves references together, each only if it still is where it was seen.
     *
     * @param repository whose they are
     * @param updates all of them happen, or none
     * @return what came of it
     * @throws GitHubException in doubt, when not even looking tells
     */
    RefsResult updateRefs(GHRepository repository, List<RefUpdate> updates) {
        return this.references.update(repository, updates);
    }

    private HttpRequest.Builder request(URI target) {
        return HttpRequest.newBuilder(target)
                .header("Accept", "application/vnd.github+json")
                .header("Content-Type", "application/json")
                .header("Authorization", this.authorization);
    }

    private JsonNode read(byte[] body, boolean change) {
        try {
            return this.json.readTree(body);
        } catch (JacksonException ex) {
            throw change
                    ? new GitHubException(
                            Kind.IN_DOUBT, 0, "GitHub's answer can't be read, so the change may have happened", ex)
                    : new GitHubException(Kind.UNAVAILABLE, 0, "GitHub's answer can't be read", ex);
        }
    }

    @Override
    public String toString() {
        return "GitHubClient[" + this.endpoint.rest() + "]";
    }

    /**
     * A resource.
     *
     * @param body what it is
     * @param scopes scopes of the token, comma separated; {@code null} for a token that has none
     */
    record Seen(JsonNode body, @Nullable String scopes) {}

    /** A call of the library. */
    @FunctionalInterface
    interface Call<T> {

        T call() throws IOException;
    }
}
