package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as a person sends them from a terminal. */
final class Curl {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return this.http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String address, String body) throws IOException, InterruptedException {
        return this.http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What is there, which must be an answer. */
    JsonNode json(String address) throws IOException, InterruptedException {
        return json(get(address));
    }

    /** What is answered to a body, which must be an answer. */
    JsonNode json(String address, String body) throws IOException, InterruptedException {
        return json(post(address, body));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
