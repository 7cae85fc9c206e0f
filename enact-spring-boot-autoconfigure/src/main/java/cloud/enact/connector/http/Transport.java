package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Sends requests to one API, and to nothing else. Thread-safe. */
final class Transport {

    private static final int ATTEMPTS = 3;

    private static final int MOST_REDIRECTS = 3;

    private static final int MOST_HEADERS = 200;

    private final HttpApi api;

    private final BaseUrl base;

    private final Network network;

    private final HttpLimits limits;

    private final Executor threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "enact-http");
        thread.setDaemon(true);
        return thread;
    });

    private final HttpClient client;

    Transport(HttpApi api, BaseUrl base, Network network, HttpLimits limits) {
        this.api = api;
        this.base = base;
        this.network = network;
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limits.connectTimeout())
                .executor(this.threads)
                .build();
    }

    /** Where requests go. */
    BaseUrl base() {
        return this.base;
    }

    /**
     * Sends a request, again at once when that does no harm and may help.
     *
     * @param call the request
     * @param repeatable whether the server takes the second of two for the first
     * @throws NoAnswerException when there is no answer
     * @throws ConnectorException when it may not be sent
     */
    Answer send(Call call, boolean repeatable) {
        boolean doubtful = false;
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == ATTEMPTS || !(repeatable || call.isRead());
            try {
                Answer answer = follow(call);
                if (last || !answer.isPassing()) {
                    return doubtful ? answer.afterAnother() : answer;
                }
                doubtful |= !answer.isRefusal();
            } catch (NoAnswerException ex) {
                doubtful |= ex.isSent();
                if (last || Thread.currentThread().isInterrupted()) {
                    throw ex.afterAnother(doubtful);
                }
            } catch (ConnectorException ex) {
                // this try was not sent; an earlier one may have been done
                throw doubtful ? new NoAnswerException(String.valueOf(ex.getMessage()), true, null) : ex;
            }
        }
    }

    private Answer follow(Call call) {
        URI address = this.base.below(call.target());
        for (int redirects = 0; ; redirects++) {
            HttpResponse<AnswerBody.Content> response = exchange(call, address);
            Optional<String> location = response.headers().firstValue("Location");
            boolean redirect = response.statusCode() / 100 == 3 && location.isPresent();
            if (!redirect || !call.isRead() || !this.api.followsRedirects()) {
                return answer(response);
            }
            URI next = next(call, address, location.get());
            if (!this.base.covers(next)) {
                throw new ConnectorException(call.told()
                        + " was answered with a redirect to another server or another path, which is not followed");
            }
            if (redirects == MOST_REDIRECTS) {
                throw new ConnectorException(
                        call.told() + " was answered with more than " + MOST_REDIRECTS + " redirects");
            }
            address = next;
        }
    }

    private static URI next(Call call, URI address, String location) {
        try {
            return address.resolve(location);
        } catch (IllegalArgumentException ex) {
            throw new ConnectorException(call.told() + " was answered with a redirect to no address");
        }
    }

    private HttpResponse<AnswerBody.Content> exchange(Call call, URI address) {
        HttpRequest request = request(call, address);
        CompletableFuture<HttpResponse<AnswerBody.Content>> sent = null;
        try {
            long deadline = System.nanoTime() + this.limits.requestTimeout().toNanos();
            resolved(address.getHost()).get(left(deadline), TimeUnit.NANOSECONDS);
            sent = this.client.sendAsync(request, info -> new AnswerBody(this.limits.maxAnswerBytes()));
            HttpResponse<AnswerBody.Content> response = sent.get(left(deadline), TimeUnit.NANOSECONDS);
            if (response.headers().map().size() > MOST_HEADERS) {
                throw new NoAnswerException(call.told() + " was answered with too many headers", true, null);
            }
            return response;
        } catch (ExecutionException | CompletionException ex) {
            throw noAnswer(call, ex.getCause(), sent != null);
        } catch (TimeoutException ex) {
            throw late(call, sent != null);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException(call.told() + " was interrupted", sent != null, null);
        } finally {
            if (sent != null) {
                sent.cancel(true);
            }
        }
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    /** Completes when the host may be reached; looking it up may hang, which no request waits for. */
    private CompletableFuture<Void> resolved(String host) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        this.network.require(host);
                    } catch (UnknownHostException ex) {
                        throw new CompletionException(ex);
                    }
                },
                this.threads);
    }

    private HttpRequest request(Call call, URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(this.limits.requestTimeout())
                .setHeader("Accept", RequestTemplate.JSON)
                .setHeader("User-Agent", "enact");
        this.api.headers().forEach(request::setHeader);
        call.headers().forEach(request::setHeader);
        this.api.credentials().headers().forEach(request::setHeader);
        if (call.contentType() != null) {
            request.setHeader("Content-Type", call.contentType());
        }
        return request.method(
                        call.method(),
                        (call.body() != null)
                                ? HttpRequest.BodyPublishers.ofString(call.body())
                                : HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private NoAnswerException late(Call call, boolean sent) {
        return new NoAnswerException(
                call.told() + " was not answered within "
                        + this.limits.requestTimeout().toMillis() + " ms",
                sent,
                null);
    }

    private RuntimeException noAnswer(Call call, @Nullable Throwable cause, boolean sent) {
        Throwable why = (cause instanceof CompletionException && cause.getCause() != null) ? cause.getCause() : cause;
        if (why instanceof ConnectorException refused) {
            return refused;
        }
        if (why instanceof UnknownHostException) {
            return new NoAnswerException("The host of the base URL is not known", false, null);
        }
        if (why instanceof HttpTimeoutException && !(why instanceof HttpConnectTimeoutException)) {
            return late(call, sent);
        }
        // before a connection stands, nothing can have been sent through it
        boolean never = !sent
                || why instanceof ConnectException
                || why instanceof HttpConnectTimeoutException
                || why instanceof SSLHandshakeException;
        String kind = (why instanceof IOException) ? why.getClass().getSimpleName() : "an unexpected error";
        return new NoAnswerException(
                call.told() + (never ? " could not be sent (" : " got no answer (") + kind + ")", !never, null);
    }

    private static Answer answer(HttpResponse<AnswerBody.Content> response) {
        AnswerBody.Content content = response.body();
        return new Answer(
                response.statusCode(),
                document(content.bytes()),
                content.tooLarge(),
                response.headers().firstValue("ETag").orElse(null),
                retryAfter(response),
                false);
    }

    private static @Nullable Object document(byte[] bytes) {
        if (bytes.length == 0) {
            return Values.ABSENT;
        }
        try {
            return Json.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException | IllegalArgumentException ex) {
            // what is no JSON has no members, and whoever needs one says so
            return Values.ABSENT;
        }
    }

    private static @Nullable String retryAfter(HttpResponse<?> response) {
        Optional<String> said = response.headers().firstValue("Retry-After");
        // some vendors have another name for it, and send that along with any answer
        return said.or(() -> (response.statusCode() == 429)
                        ? response.headers().firstValue("RateLimit-Reset")
                        : Optional.empty())
                .map(String::strip)
                .orElse(null);
    }
}
