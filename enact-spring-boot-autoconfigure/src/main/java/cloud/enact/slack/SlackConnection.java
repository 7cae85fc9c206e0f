package cloud.enact.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * A connection to Slack's Web API. Each request is sent once, follows no redirect, writes nothing into the log and takes
 * no answer that would not fit into memory well. Thread-safe.
 */
public final class SlackConnection implements AutoCloseable {

    private static final long MAX_ANSWER = 8L * 1024 * 1024;

    private static final int SERVER_ERROR = 500;

    private final SlackConfig config = new SlackConfig();

    private final OkHttpClient http;

    private final MethodsClient methods;

    /**
     * Makes it; connects later.
     *
     * @param endpoint where the Web API is
     * @param token token of the app
     * @param timeout how long one request may take as a whole
     */
    public SlackConnection(URI endpoint, String token, Duration timeout) {
        this.http = new OkHttpClient.Builder()
                // a second request that nobody asked for may be a second message
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .addInterceptor(SlackConnection::limited)
                .addNetworkInterceptor(SlackConnection::once)
                .build();
        this.config.setStatsEnabled(false);
        this.config.setMethodsEndpointUrlPrefix(endpoint.toString());
        // the listeners that come with it write messages, and so links, into the log
        this.config.setHttpClientResponseHandlers(new ArrayList<>());
        SlackHttpClient client = new SlackHttpClient(this.http);
        client.setConfig(this.config);
        this.methods = Slack.getInstance(this.config, client).methods(token);
    }

    /** The methods of the Web API. */
    public MethodsClient methods() {
        return this.methods;
    }

    @Override
    public void close() throws Exception {
        this.http.dispatcher().executorService().shutdown();
        this.http.connectionPool().evictAll();
        this.config.close();
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
