package cloud.enact.connector.slack;

import cloud.enact.slack.SlackConnection;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.FormBody;
import okhttp3.Response;

/**
 * Requests to Slack's Web API. Each is sent once: whoever is not answered looks what is there before anything is sent
 * again. Thread-safe.
 */
final class SlackClient implements AutoCloseable {

    private static final int TOO_MANY_REQUESTS = 429;

    private static final int SERVER_ERROR = 500;

    private final SlackConnection connection;

    private final String token;

    SlackClient(URI endpoint, String token, Duration timeout) {
        this.connection = new SlackConnection(endpoint, token, timeout);
        this.token = token;
    }

    /**
     * Calls a method.
     *
     * @throws SlackException when Slack refuses, or nobody knows what came of it
     */
    <T extends SlackApiTextResponse> T call(String method, Map<String, String> form, Class<T> type) {
        T answer;
        try {
            answer = this.connection
                    .methods()
                    .postFormWithTokenAndParseResponse(body -> filled(body, form), method, this.token, type);
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
        this.connection.close();
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
}
