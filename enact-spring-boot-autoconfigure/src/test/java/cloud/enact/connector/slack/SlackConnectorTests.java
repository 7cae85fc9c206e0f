package cloud.enact.connector.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.slack.SlackFault;
import cloud.enact.undo.StepResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector does in Slack, what it refuses, and what it says when Slack refuses. */
class SlackConnectorTests {

    private SlackWorkspace workspace;

    private SlackConnector connector;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        this.workspace = new SlackWorkspace(temp);
        this.connector = this.workspace.connector();
    }

    @AfterEach
    void stop() throws Exception {
        this.workspace.close();
    }

    @Test
    void aMessageIsPostedReadAnsweredReactedToAndDeleted() {
        String ts = ts(this.connector.postMessage("#general", "hello"));
        this.connector.reply("general", ts, "and more");
        this.connector.addReaction("general", ts, "eyes");

        Map<String, ?> read = this.connector.getMessage("C01", ts).output();
        assertThat(read.get("text")).isEqualTo("hello");
        assertThat(read.get("user")).isEqualTo("UBOT");
        assertThat(read.get("edited")).isEqualTo(false);
        assertThat(read.get("reactions")).isEqualTo(Map.of("eyes", 1L));
        assertThat(this.workspace.slack().texts("C01")).containsExactly("hello", "and more");

        assertThat(this.connector.deleteMessage("general", ts).alreadyDone()).isNull();
        assertThat(this.workspace.slack().texts("C01")).containsExactly("This message was deleted.", "and more");
    }

    @Test
    void whatIsDoneAlreadyIsSaidToBe() {
        String ts = ts(this.connector.postMessage("general", "hello & goodbye"));
        this.connector.addReaction("general", ts, "eyes");

        assertThat(this.connector
                        .updateMessage("general", ts, "hello & goodbye")
                        .alreadyDone())
                .isEqualTo("unchanged");
        assertThat(this.connector.addReaction("general", ts, "eyes").alreadyDone())
                .isEqualTo("already_reacted");
        this.connector.deleteMessage("general", ts);
        assertThat(this.connector.deleteMessage("general", ts).alreadyDone()).isEqualTo("deleted");
        assertThat(this.workspace.steps().records()).hasSize(3);
    }

    @Test
    void aMessageIsPostedOnceUnderAnIdOfTheCaller() {
        Map<String, Object> args =
                Map.of("channel", "general", "text", "once & only", "client_msg_id", "release-1.2-x");
        String ts = ts(perform("post_message", args));

        StepResult again = perform("post_message", args);

        assertThat(again.alreadyDone()).isEqualTo("posted");
        assertThat(ts(again)).isEqualTo(ts);
        assertThat(this.workspace.slack().texts("C01")).hasSize(1);
        assertThatThrownBy(() -> perform(
                        "post_message",
                        Map.of("channel", "general", "text", "other", "client_msg_id", "release-1.2-x")))
                .hasMessageContaining("Another text was posted");
    }

    @ParameterizedTest
    @EnumSource(
            value = SlackFault.class,
            names = {"DROP_RESPONSE", "CUT_RESPONSE", "ERROR_AFTER", "FATAL_ERROR"})
    void aPostWhoseAnswerIsLostIsFoundAndNotSentAgain(SlackFault fault) {
        this.workspace.slack().fault("chat.postMessage", fault);

        StepResult posted = this.connector.postMessage("general", "hello");

        assertThat(this.workspace.slack().times("C01")).containsExactly(ts(posted));
        assertThat(this.workspace.slack().calls()).containsOnlyOnce("chat.postMessage");
    }

    @Test
    void aPostThatIsNotFoundIsInDoubtAndNotSentAgain() {
        this.workspace.slack().fault("chat.postMessage", SlackFault.ERROR_BEFORE);

        assertThatThrownBy(() -> this.connector.postMessage("general", "hello"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("HTTP status 503")
                .hasMessageContaining("look before trying again");

        assertThat(this.workspace.slack().calls()).doesNotContain("chat.postMessage");
    }

    @Test
    void anAnswerThatTakesTooLongIsNotWaitedFor() {
        SlackConnector hasty = this.workspace.connector(builder -> builder.requestTimeout(Duration.ofSeconds(2)));
        this.workspace.slack().fault("chat.postMessage", SlackFault.HELD);

        assertThatThrownBy(() -> hasty.postMessage("general", "hello"))
                .hasMessageContaining("did not answer to chat.postMessage");

        this.workspace.slack().release();
    }

    @Test
    void aLimitOfSlackTellsWhenToComeBack() {
        this.workspace.slack().rateLimit("chat.postMessage", 30);

        assertThatThrownBy(() -> this.connector.postMessage("general", "hello"))
                .hasMessageContaining("ratelimited")
                .hasMessageContaining("30 seconds")
                .hasMessageNotContaining("look before");
        assertThat(this.workspace.slack().texts("C01")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"C03,not_in_channel,Invite the app", "C99,channel_not_found,no such channel"})
    void aRefusalTellsTheCodeAndWhatToDo(String channel, String code, String remedy) {
        SlackConnector wide = this.workspace.connector(builder -> builder.channels(Set.of("C03", "C99")));

        assertThatThrownBy(() -> wide.postMessage(channel, "hello"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(code)
                .hasMessageContaining(remedy);
    }

    @Test
    void somebodyElsesMessageIsLeftAlone() {
        String ts = this.workspace.slack().post("C01", "UANN", "mine");

        assertThatThrownBy(() -> this.connector.updateMessage("general", ts, "yours"))
                .hasMessageContaining("somebody else's");
        assertThatThrownBy(() -> this.connector.deleteMessage("general", ts)).hasMessageContaining("somebody else's");
        assertThat(this.workspace.slack().calls()).doesNotContain("chat.update", "chat.delete");
    }

    @Test
    void aMessageOfMoreThanTextIsNotUpdated() {
        String ts = this.workspace
                .slack()
                .post("C01", "UBOT", "chart", List.of(Map.of("type", "image", "image_url", "https://enact.example/i")));

        assertThatThrownBy(() -> this.connector.updateMessage("general", ts, "text"))
                .hasMessageContaining("made of more than text");
    }

    @Test
    void aThreadThatIsNotThereIsRefusedBeforeAnythingIsPosted() {
        assertThatThrownBy(() -> this.connector.reply("general", "1700000000.000100", "hello"))
                .hasMessageContaining("thread_not_found");
        assertThat(this.workspace.slack().calls()).doesNotContain("chat.postMessage");
    }

    @Test
    void theTokenTravelsToTheEndpointAlone() {
        for (String endpoint : List.of("http://slack.example/api/", "ftp://slack.example/", "https:///", "slack")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SlackConnector.token("xoxb-1")
                            .endpoint(URI.create(endpoint))
                            .build(this.workspace.steps()))
                    .withMessageContaining("https://");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlackConnector.token("xoxb-1\r\nX: y").build(this.workspace.steps()))
                .withMessageNotContaining("xoxb-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " general",
                "general,board",
                "General",
                "@ann",
                "U01",
                "<#C01|general>",
                "https://x.slack.com/archives/C01",
                "c01\n",
                "ｇeneral",
                "gen eral"
            })
    void aChannelIsOneIdOrOneName(String channel) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare("post_message", Map.of("channel", channel, "text", "hello")));
    }

    @Test
    void argumentsOfAnotherShapeAreRefused() {
        for (Map<String, Object> args : List.<Map<String, Object>>of(
                Map.of("channel", "general"),
                Map.of("channel", List.of("general"), "text", "x"),
                Map.of("channel", "general", "text", " "),
                Map.of("channel", "general", "text", "x".repeat(40_001)),
                Map.of("channel", "general", "text", "x", "thread_ts", "yesterday"),
                Map.of("channel", "general", "text", "x", "client_msg_id", "\"},{"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> this.connector.prepare("post_message", args));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare(
                        "update_message",
                        Map.of("channel", "general", "ts", "1700000000.000100", "text", "x".repeat(4001))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare(
                        "add_reaction", Map.of("channel", "general", "ts", "1700000000.000100", "name", ":eyes:")));
    }

    @Test
    void whatTheLogKeepsHasNoTextThatWasWritten() {
        this.connector.postMessage("general", "the launch code is 0000");

        assertThat(this.workspace.steps().records().get(0).toString()).doesNotContain("launch code");
    }

    @Test
    void nothingOfAConnectorRunsAfterItIsClosedAndNothingKeepsTheProcessAlive() throws Exception {
        this.connector.postMessage("general", "hello");
        Set<Thread> before = threads();

        SlackConnector another = this.workspace.connector();
        another.postMessage("general", "hello again");
        Set<Thread> its = threads();
        its.removeAll(before);
        another.close();

        for (Thread thread : its) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(threads()).allMatch(Thread::isDaemon);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("slack-api-"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private StepResult perform(String operation, Map<String, Object> args) {
        return this.workspace.steps().perform(this.connector.prepare(operation, Map.copyOf(args)));
    }

    private static String ts(StepResult result) {
        return String.valueOf(result.output().get("ts"));
    }
}
