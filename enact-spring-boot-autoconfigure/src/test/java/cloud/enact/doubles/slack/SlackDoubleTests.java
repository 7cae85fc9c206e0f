package cloud.enact.doubles.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlackDoubleTests {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final SlackDouble slack = SlackDouble.start()
            .app(
                    "xoxb-1",
                    "UBOT",
                    "chat:write",
                    "reactions:write",
                    "reactions:read",
                    "channels:history",
                    "channels:read")
            .app("xoxb-poor", "UPOOR", "reactions:write")
            .channel("C1", "general", "UBOT", "UPOOR", "UANN")
            .channel("C2", "elsewhere", "UANN")
            .channel("G1", "secrets", "UANN");

    @AfterEach
    void close() {
        this.slack.close();
    }

    @Test
    void aTokenIsNeededAndItsScopesAreTold() throws Exception {
        assertThat(call(null, "auth.test", Map.of()).path("error").asString()).isEqualTo("not_authed");
        assertThat(call("xoxb-2", "auth.test", Map.of()).path("error").asString())
                .isEqualTo("invalid_auth");

        HttpResponse<String> answer = send("xoxb-1", "auth.test", Map.of());

        assertThat(answer.headers().firstValue("x-oauth-scopes").orElseThrow())
                .isEqualTo("channels:history,channels:read,chat:write,reactions:read,reactions:write");
        assertThat(json(answer).path("user_id").asString()).isEqualTo("UBOT");
    }

    @Test
    void aMissingScopeIsNamed() throws Exception {
        JsonNode answer = call("xoxb-poor", "chat.postMessage", Map.of("channel", "C1", "text", "hi"));

        assertThat(answer.path("error").asString()).isEqualTo("missing_scope");
        assertThat(answer.path("needed").asString()).isEqualTo("chat:write");
        assertThat(answer.path("provided").asString()).isEqualTo("reactions:write");
    }

    @Test
    void aMessageIsPostedFoundWithItsMetadataEditedAndDeleted() throws Exception {
        Map<String, Object> empty = this.slack.state();
        JsonNode posted = call(
                "xoxb-1",
                "chat.postMessage",
                Map.of(
                        "channel",
                        "C1",
                        "text",
                        "a & b: https://enact.example",
                        "metadata",
                        "{\"event_type\":\"t\",\"event_payload\":{\"id\":\"7\"}}"));
        String ts = posted.path("ts").asString();
        assertThat(posted.path("message").path("text").asString()).isEqualTo("a &amp; b: <https://enact.example>");

        assertThat(history(Map.of("channel", "C1")).get(0).has("metadata")).isFalse();
        assertThat(history(Map.of("channel", "C1", "include_all_metadata", "1"))
                        .get(0)
                        .path("metadata")
                        .path("event_payload")
                        .path("id")
                        .asString())
                .isEqualTo("7");

        call("xoxb-1", "chat.update", Map.of("channel", "C1", "ts", ts, "text", "new"));
        assertThat(this.slack.texts("C1")).containsExactly("new");
        assertThat(history(Map.of("channel", "C1")).get(0).has("edited")).isTrue();

        call("xoxb-1", "chat.delete", Map.of("channel", "C1", "ts", ts));
        assertThat(call("xoxb-1", "chat.delete", Map.of("channel", "C1", "ts", ts))
                        .path("error")
                        .asString())
                .isEqualTo("message_not_found");
        assertThat(this.slack.state()).isEqualTo(empty);
    }

    @Test
    void anIdOfTheClientKeepsNoSecondMessageAway() throws Exception {
        Map<String, String> message = Map.of("channel", "C1", "text", "once", "client_msg_id", "5e0");

        call("xoxb-1", "chat.postMessage", message);
        call("xoxb-1", "chat.postMessage", message);

        assertThat(this.slack.texts("C1")).containsExactly("once", "once");
    }

    @Test
    void aDeletedMessageWithRepliesLeavesATombstone() throws Exception {
        Object empty = this.slack.state();
        String ts = call("xoxb-1", "chat.postMessage", Map.of("channel", "C1", "text", "question"))
                .path("ts")
                .asString();
        String reply = this.slack.reply("C1", ts, "UANN", "answer");

        call("xoxb-1", "chat.delete", Map.of("channel", "C1", "ts", ts));

        JsonNode tombstone = history(Map.of("channel", "C1")).get(0);
        assertThat(tombstone.path("subtype").asString()).isEqualTo("tombstone");
        assertThat(tombstone.path("user").asString()).isEqualTo("USLACKBOT");
        assertThat(call("xoxb-1", "chat.delete", Map.of("channel", "C1", "ts", ts))
                        .path("error")
                        .asString())
                .isEqualTo("message_not_found");
        this.slack.delete("C1", reply);
        assertThat(this.slack.state()).isEqualTo(empty);
    }

    @Test
    void historyIsReadNewestFirstInPagesAndBetweenTimes() throws Exception {
        String one = this.slack.post("C1", "UANN", "one");
        String two = this.slack.post("C1", "UANN", "two");
        this.slack.post("C1", "UANN", "three");

        assertThat(texts(history(Map.of("channel", "C1")))).containsExactly("three", "two", "one");
        assertThat(texts(history(Map.of("channel", "C1", "oldest", one)))).containsExactly("three", "two");
        assertThat(texts(history(
                        Map.of("channel", "C1", "oldest", two, "latest", two, "inclusive", "true", "limit", "1"))))
                .containsExactly("two");
        JsonNode page = call("xoxb-1", "conversations.history", Map.of("channel", "C1", "limit", "2"));
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(texts(history(Map.of(
                        "channel",
                        "C1",
                        "limit",
                        "2",
                        "cursor",
                        page.path("response_metadata").path("next_cursor").asString()))))
                .containsExactly("one");
    }

    @Test
    void aReplyIsInItsThreadAndNotInTheHistory() throws Exception {
        String parent = this.slack.post("C1", "UANN", "question");
        call("xoxb-1", "chat.postMessage", Map.of("channel", "C1", "text", "answer", "thread_ts", parent));

        assertThat(texts(history(Map.of("channel", "C1")))).containsExactly("question");
        assertThat(texts(call("xoxb-1", "conversations.replies", Map.of("channel", "C1", "ts", parent))
                        .path("messages")))
                .containsExactly("question", "answer");
    }

    @Test
    void somebodyElsesMessageIsNeitherEditedNorDeleted() throws Exception {
        Map<String, String> message = Map.of("channel", "C1", "ts", this.slack.post("C1", "UANN", "mine"), "text", "x");

        assertThat(error("chat.update", message)).isEqualTo("cant_update_message");
        assertThat(error("chat.delete", message)).isEqualTo("cant_delete_message");
        assertThat(this.slack.texts("C1")).containsExactly("mine");
    }

    @Test
    void reactionsAreAddedOnceAndTakenAway() throws Exception {
        String ts = this.slack.post("C1", "UANN", "look");
        Map<String, String> reaction = Map.of("channel", "C1", "timestamp", ts, "name", "eyes");

        assertThat(error("reactions.remove", reaction)).isEqualTo("no_reaction");
        assertThat(call("xoxb-1", "reactions.add", reaction).path("ok").asBoolean())
                .isTrue();
        assertThat(error("reactions.add", reaction)).isEqualTo("already_reacted");
        this.slack.react("C1", ts, "UANN", "eyes");
        assertThat(call("xoxb-1", "reactions.get", Map.of("channel", "C1", "timestamp", ts))
                        .path("message")
                        .path("reactions")
                        .get(0)
                        .path("users")
                        .toString())
                .isEqualTo("[\"UANN\",\"UBOT\"]");
        assertThat(call("xoxb-1", "reactions.remove", reaction).path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void onlyMembersReadAndWrite() throws Exception {
        assertThat(error("chat.postMessage", Map.of("channel", "C2", "text", "hi")))
                .isEqualTo("not_in_channel");
        assertThat(error("conversations.history", Map.of("channel", "C2"))).isEqualTo("not_in_channel");
        assertThat(error("chat.postMessage", Map.of("channel", "G1", "text", "hi")))
                .isEqualTo("channel_not_found");
        assertThat(error("chat.postMessage", Map.of("channel", "general", "text", "hi")))
                .isEqualTo("channel_not_found");
    }

    @Test
    void channelsAreListedAndDescribed() throws Exception {
        assertThat(call("xoxb-1", "conversations.list", Map.of())
                        .path("channels")
                        .findValuesAsString("name"))
                .containsExactly("general", "elsewhere");
        assertThat(error("conversations.list", Map.of("types", "public_channel,private_channel")))
                .isEqualTo("missing_scope");
        JsonNode info =
                call("xoxb-1", "conversations.info", Map.of("channel", "C1")).path("channel");
        assertThat(info.path("name").asString()).isEqualTo("general");
        assertThat(info.path("is_member").asBoolean()).isTrue();
    }

    @Test
    void tooManyRequestsAreToldWhenToComeBack() throws Exception {
        this.slack.rateLimit("auth.test", 30);

        HttpResponse<String> refused = send("xoxb-1", "auth.test", Map.of());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(call("xoxb-1", "auth.test", Map.of()).path("ok").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = SlackFault.class,
            names = {"DROP_RESPONSE", "CUT_RESPONSE"})
    void anAnswerIsLostAfterTheWork(SlackFault fault) {
        this.slack.fault("chat.postMessage", fault);

        assertThatThrownBy(() -> call("xoxb-1", "chat.postMessage", Map.of("channel", "C1", "text", "hi")))
                .isInstanceOf(IOException.class);

        assertThat(this.slack.texts("C1")).containsExactly("hi");
    }

    @Test
    void aRequestIsLostBeforeTheWork() {
        this.slack.fault("chat.postMessage", SlackFault.DROP_REQUEST);

        assertThatThrownBy(() -> call("xoxb-1", "chat.postMessage", Map.of("channel", "C1", "text", "hi")))
                .isInstanceOf(IOException.class);

        assertThat(this.slack.texts("C1")).isEmpty();
    }

    @Test
    void nothingIsThereWhileItIsDown() throws Exception {
        this.slack.down(true);
        assertThatThrownBy(() -> call("xoxb-1", "auth.test", Map.of())).isInstanceOf(IOException.class);

        this.slack.down(false);
        assertThat(call("xoxb-1", "auth.test", Map.of()).path("ok").asBoolean()).isTrue();
    }

    private String error(String method, Map<String, String> form) throws Exception {
        return call("xoxb-1", method, form).path("error").asString();
    }

    private JsonNode history(Map<String, String> form) throws Exception {
        return call("xoxb-1", "conversations.history", form).path("messages");
    }

    private static List<String> texts(JsonNode messages) {
        return messages.findValuesAsString("text");
    }

    private JsonNode call(@Nullable String token, String method, Map<String, String> form) throws Exception {
        return json(send(token, method, form));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }

    private HttpResponse<String> send(@Nullable String token, String method, Map<String, String> form)
            throws Exception {
        StringJoiner body = new StringJoiner("&");
        form.forEach((key, value) -> body.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.slack.endpoint() + method))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
