package cloud.enact.connector.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.FormBody;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Requests to Slack's Web API. Each is sent once: whoever is not answered looks what is there before anything is sent
 * again. Thread-safe.
 */
final class SlackClient implements AutoCloseable {

    private static final long MAX_ANSWER = 8L * 1024 * 1024;

    private static final int TOO_MANY_REQUESTS = 429;

    private static final int SERVER_ERROR = 500;

    private final SlackConfig config = new SlackConfig();

    private final OkHttpClient http;

    private final MethodsClient methods;

    private final String token;

    SlackClient(URI endpoint, String token, Duration timeout) {
        this.token = token;
        this.http = new OkHttpClient.Builder()
                // a second request that nobody asked for may be a second message
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .addInterceptor(SlackClient::limited)
                .addNetworkInterceptor(SlackClient::once)
                .build();
        this.config.setStatsEnabled(false);
        this.config.setMethodsEndpointUrlPrefix(endpoint.toString());
        // the listeners that come with it write messages into the log
        this.config.setHttpClientResponseHandlers(new ArrayList<>());
        SlackHttpClient client = new SlackHttpClient(this.http);
        client.setConfig(this.config);
        this.methods = Slack.getInstance(this.config, client).methods();
    }

    /**
     * Calls a method.
     *
     * @throws SlackException when Slack refuses, or nobody knows what came of it
     */
    <T extends SlackApiTextResponse> T call(String method, Map<String, String> form, Class<T> type) {
        T answer;
        try {
            answer = this.methods.postFormWithTokenAndParseResponse(
                    body -> filled(body, form), method, this.token, type);
        } catch (SlackApiException ex) {
            throw failed(method, ex.getResponse());
        } catch (ConnectException | UnknownHostException | SSLHandshakeException ex) {
            throw SlackException.notSent("Slack can't be reached for " + method + ". Try again later.", ex);
        } catch (IOException | RuntimeException ex) {
            throw SlackException.unknown("Slack did not answer to " + method + ".", null, ex);
        }
        if (answer == null || !answer.isOk()) {
            throw SlackRefusals.of(
                    method, (answer != null) ? answer.getError() : null, (answer != null) ? answer.getNeeded() : null);
        }
        return answer;
    }

    @Override
    public void close() throws Exception {
        this.http.dispatcher().executorService().shutdown();
        this.http.connectionPool().evictAll();
        this.config.close();
    }

    private static FormBody.Builder filled(FormBody.Builder body, Map<String, String> form) {
        form.forEach(body::add);
        return body;
    }

    private static SlackException failed(String method, Response response) {
        if (response.code() == TOO_MANY_REQUESTS) {
            return SlackRefusals.rateLimited(method, response.header("Retry-After"));
        }
        if (response.code() < SERVER_ERROR) {
            return SlackException.refused(
                    "Slack refused " + method + ": HTTP status " + response.code()
                            + ". Check the connector's endpoint.",
                    "http_" + response.code());
        }
        return SlackException.unknown(
                "Slack failed at " + method + ": HTTP status " + response.code() + ".",
                "http_" + response.code(),
                null);
    }

    /** Fails at an answer that would not fit into memory well. */
    private static Response limited(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        BufferedSource source = (response.body() != null) ? response.body().source() : null;
        if (source != null && source.request(MAX_ANSWER + 1)) {
            response.close();
            throw new IOException("The answer is larger than " + MAX_ANSWER + " bytes");
        }
        return response;
    }

    /** Without this header the client does not send a request again by itself when a server is unavailable. */
    private static Response once(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return (response.code() >= SERVER_ERROR)
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }
}
