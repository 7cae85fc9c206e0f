package cloud.enact.connector.github;

import cloud.enact.connector.github.GitHubException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Carries requests to one endpoint and nowhere else. Nothing is sent twice, nothing is waited for longer than agreed,
 * and whatever is not a good answer comes out as a {@link GitHubException}. Thread-safe.
 */
final class GitHubTransport implements GitHubConnector {

    private static final Set<String> SET_BY_CLIENT = Set.of("accept-encoding", "content-length", "host", "connection");

    private final HttpClient http;

    private final URI endpoint;

    private final Duration requestTimeout;

    private final int largestAnswer;

    private final Refusals refusals;

    GitHubTransport(HttpClient http, URI endpoint, Duration requestTimeout, int largestAnswer, Refusals refusals) {
        this.http = http;
        this.endpoint = endpoint;
        this.requestTimeout = requestTimeout;
        this.largestAnswer = largestAnswer;
        this.refusals = refusals;
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        URI target = URI.create(request.url().toString());
        HttpRequest.Builder builder = HttpRequest.newBuilder(target);
        request.allHeaders().forEach((name, values) -> {
            // compressed answers could be larger than they look
            if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        byte[] body = new byte[0];
        if (request.hasBody()) {
            try (InputStream content = Objects.requireNonNull(request.body())) {
                body = content.readAllBytes();
            }
            if (request.header("Content-Type") == null && request.contentType() != null) {
                builder.header("Content-Type", request.contentType());
            }
        }
        builder.method(request.method(), BodyPublishers.ofByteArray(body));
        HttpResponse<byte[]> answer = exchange(builder, !request.method().equals("GET"));
        return new Answer(request, answer);
    }

    /**
     * Sends a request.
     *
     * @param request what is sent
     * @param change whether it may change something
     * @throws GitHubException when it was not answered, or not with success
     */
    HttpResponse<byte[]> exchange(HttpRequest.Builder request, boolean change) {
        HttpRequest built = request.build();
        if (!leadsToEndpoint(built.uri())) {
            // a token is for one place; answers hold addresses of others
            throw new GitHubException(Kind.REFUSED, 0, "GitHub named an address outside of its endpoint", null);
        }
        CompletableFuture<HttpResponse<byte[]>> future =
                this.http.sendAsync(built, info -> new LimitedBody(this.largestAnswer));
        HttpResponse<byte[]> answer;
        try {
            // a time-out of the request itself would end with its headers
            answer = future.get(this.requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException ex) {
            future.cancel(true);
            throw silent("did not answer within " + this.requestTimeout.toMillis() + " ms", change, true, ex);
        } catch (InterruptedException ex) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw silent("was not waited for", change, true, ex);
        } catch (ExecutionException ex) {
            throw unanswered(ex.getCause(), change);
        }
        int status = answer.statusCode();
        boolean encoded = answer.headers().firstValue("Content-Encoding").isPresent();
        if (status >= 300 || encoded) {
            throw this.refusals.of(answer, change);
        }
        return answer;
    }

    private boolean leadsToEndpoint(URI target) {
        return this.endpoint.getScheme().equalsIgnoreCase(target.getScheme())
                && this.endpoint.getHost().equalsIgnoreCase(String.valueOf(target.getHost()))
                && this.endpoint.getPort() == target.getPort()
                && target.getUserInfo() == null;
    }

    private static GitHubException unanswered(@Nullable Throwable cause, boolean change) {
        if (cause instanceof LimitedBody.TooLargeException) {
            return silent("answered with more than can be read", change, true, cause);
        }
        boolean sent = !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
        return silent(sent ? "gave no full answer" : "can't be reached", change, sent, cause);
    }

    private static GitHubException silent(String what, boolean change, boolean sent, @Nullable Throwable cause) {
        if (!change) {
            return new GitHubException(Kind.UNAVAILABLE, 0, "GitHub " + what, cause);
        }
        return sent
                ? new GitHubException(Kind.IN_DOUBT, 0, "GitHub " + what + ", so the change may have happened", cause)
                : new GitHubException(Kind.UNAVAILABLE, 0, "GitHub " + what + ", so the change was not made", cause);
    }

    /** An answer that was read to its end. */
    private static final class Answer extends GitHubConnectorResponse {

        private final byte[] body;

        Answer(GitHubConnectorRequest request, HttpResponse<byte[]> answer) {
            super(request, answer.statusCode(), headers(answer));
            this.body = answer.body();
        }

        private static Map<String, List<String>> headers(HttpResponse<byte[]> answer) {
            return answer.headers().map();
        }

        @Override
        public InputStream bodyStream() {
            return new ByteArrayInputStream(this.body);
        }

        @Override
        public void close() {
            // nothing is open any more
        }
    }
}
