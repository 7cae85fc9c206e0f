package cloud.enact.hook.claudecode.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A call that every guard has to deny: it would change the settings of the hooks. */
final class Canary {

    private static final int LARGEST = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GuardAddress address;

    private final Path folder;

    private final Duration patience;

    private final HttpClient client;

    Canary(GuardAddress address, Path folder, Duration patience) {
        this.address = address;
        this.folder = folder;
        this.patience = patience;
        this.client = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    /** What is wrong with how the guard answers, or nothing. */
    Optional<String> objection(String token) {
        Answer own = ask(token);
        if (own.problem() != null) {
            return Optional.of(own.problem());
        }
        if (!own.decision().equals("deny")) {
            return Optional.of("The guard at " + this.address + " let a call through that would change the settings of"
                    + " the hooks (it answered "
                    + (own.decision().isEmpty() ? "no opinion" : "'" + own.decision() + "'")
                    + "); is enact.hooks.self-protection off, or another server there?");
        }
        // a guard that does not know the token denies too, but with the same words for any other
        Answer stranger = ask("not-a-token-" + UUID.randomUUID());
        if (stranger.problem() != null) {
            return Optional.of(stranger.problem());
        }
        if (!stranger.decision().equals("deny")) {
            return Optional.of("The guard at " + this.address + " answers to any token");
        }
        return own.reason().equals(stranger.reason())
                ? Optional.of("The guard at " + this.address + " does not know the token in " + WantedHooks.TOKEN
                        + ", so it denies everything; give it the token-hash of this one")
                : Optional.empty();
    }

    /** As far as nobody's token tells: whether a guard answers at all. */
    Optional<String> objectionToStranger() {
        Answer stranger = ask("not-a-token-" + UUID.randomUUID());
        if (stranger.problem() == null && !stranger.decision().equals("deny")) {
            return Optional.of("The guard at " + this.address + " answers to any token");
        }
        return Optional.ofNullable(stranger.problem());
    }

    private Answer ask(String token) {
        CompletableFuture<HttpResponse<InputStream>> sent = this.client.sendAsync(
                HttpRequest.newBuilder(this.address.uri())
                        .timeout(this.patience)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(request()))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<Answer> answer = sent.thenApply(this::read);
        try {
            return answer.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException ex) {
            answer.cancel(true);
            sent.cancel(true);
            return Answer.problem("The guard at " + this.address + " can't be reached; is it started?");
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return Answer.problem("The guard at " + this.address + " was not waited for");
        }
    }

    private Answer read(HttpResponse<InputStream> response) {
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(LARGEST + 1);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        if (response.statusCode() != 200) {
            return Answer.problem("The server at " + this.address + " answers with status " + response.statusCode()
                    + ", which is no answer of a guard; is enact.hooks.claude-code.enabled on?");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (body.length > LARGEST) {
            return noJson();
        }
        try {
            JsonNode json = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
            if (!json.isObject()) {
                return noJson();
            }
            JsonNode output = json.path("hookSpecificOutput");
            if (output.isObject() && !output.path("hookEventName").asString("").equals("PreToolUse")) {
                return Answer.problem("The server at " + this.address
                        + " answers without the name of the event, which Claude Code takes for no answer");
            }
            return new Answer(
                    output.path("permissionDecision").asString(""),
                    output.path("permissionDecisionReason").asString(""),
                    null);
        } catch (JacksonException ex) {
            return noJson();
        }
    }

    private Answer noJson() {
        return Answer.problem("The server at " + this.address
                + " answers with something else than JSON, which Claude Code takes for no answer");
    }

    private String request() {
        ObjectNode request = JSON.createObjectNode();
        request.put("session_id", "enact-doctor-" + UUID.randomUUID());
        request.put("cwd", this.folder.toString());
        request.put("hook_event_name", "PreToolUse");
        request.put("tool_name", "Write");
        request.put("tool_use_id", "enact-doctor-" + UUID.randomUUID());
        request.putObject("tool_input")
                .put(
                        "file_path",
                        this.folder.resolve(".claude").resolve("settings.json").toString())
                .put("content", "{}");
        return JSON.writeValueAsString(request);
    }

    private record Answer(
            String decision, String reason, @Nullable String problem) {

        private static Answer problem(String problem) {
            return new Answer("", "", problem);
        }
    }
}
