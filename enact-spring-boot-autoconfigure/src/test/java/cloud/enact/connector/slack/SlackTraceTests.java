package cloud.enact.connector.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.slack.SlackDouble;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What messages leave behind, and by what they are told from others. */
class SlackTraceTests {

    private static final String PARTY = "\uD83C\uDF89 done";

    private SlackWorkspace workspace;

    private SlackDouble slack;

    private RecordingSteps steps;

    private SlackConnector connector;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        this.workspace = new SlackWorkspace(temp);
        this.slack = this.workspace.slack();
        this.steps = this.workspace.steps();
        this.connector = this.workspace.connector();
    }

    @AfterEach
    void stop() throws Exception {
        this.workspace.close();
    }

    @Test
    void aMessageWithRepliesIsTakenBackAndTheyStay() {
        String ts = ts(this.connector.postMessage("general", "question"));
        this.slack.reply("C01", ts, "UANN", "answer");

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);

        assertThat(this.slack.texts("C01")).containsExactly("This message was deleted.", "answer");
    }

    @Test
    void aTombstoneIsNoMessage() {
        String ts = ts(this.connector.postMessage("general", "question"));
        this.connector.updateMessage("general", ts, "other question");
        this.slack.reply("C01", ts, "UANN", "answer");
        this.slack.delete("C01", ts);

        assertThat(this.connector.deleteMessage("general", ts).alreadyDone()).isEqualTo("deleted");
        assertThatThrownBy(() -> this.connector.getMessage("general", ts)).hasMessageContaining("no message");
        assertThatThrownBy(() -> this.connector.updateMessage("general", ts, "x"))
                .hasMessageContaining("no message");
        assertThat(undoAll()).containsExactly(Restoration.IRREVERSIBLE, Restoration.ALREADY_RESTORED);
    }

    @Test
    void noReplyIsPostedUnderATombstone() {
        String ts = ts(this.connector.postMessage("general", "question"));
        this.slack.reply("C01", ts, "UANN", "answer");
        this.slack.delete("C01", ts);

        assertThatThrownBy(() -> this.connector.reply("general", ts, "late")).hasMessageContaining("thread");
    }

    @Test
    void aTextThatSlackSpellsAnotherWayIsStillTheSameUnderItsId() {
        StepResult posted = named(PARTY);

        assertThat(named(PARTY).alreadyDone()).isEqualTo("posted");
        assertThatThrownBy(() -> named(PARTY + "!")).hasMessageContaining("Another text was posted");
        this.connector.updateMessage("general", ts(posted), "edited");
        assertThat(named(PARTY).alreadyDone()).isEqualTo("posted");
        assertThatThrownBy(() -> named("edited")).hasMessageContaining("Another text was posted");
        assertThat(this.slack.texts("C01")).containsExactly("edited");
    }

    @Test
    void aTextThatSlackMightCutInPiecesIsRefused() {
        this.connector.postMessage("general", "x".repeat(4000));

        assertThatThrownBy(() -> this.connector.postMessage("general", "x".repeat(4001)))
                .hasMessageContaining("1 to 4000 characters");
    }

    @Test
    void whatAnotherAppDidIsNotSaidToBeUndone() throws Exception {
        String ts = this.slack.post("C01", "UANN", "look");
        this.connector.addReaction("general", ts, "eyes");
        this.steps.dieBefore(RecordingSteps.Moment.END);
        catchThrowable(() -> this.connector.postMessage("general", "hello"));
        Object before = this.slack.state();
        this.slack.app(
                "xoxb-other",
                "UOTHER",
                "chat:write",
                "channels:history",
                "channels:read",
                "reactions:write",
                "reactions:read");
        this.slack.join("C01", "UOTHER");

        SlackConnector other = this.workspace.connector("xoxb-other", this.steps, builder -> builder);
        List<StepRestoration> undone = this.steps.undoAll(other.undo());

        assertThat(undone).extracting(StepRestoration::restoration).containsOnly(Restoration.FAILED);
        assertThat(undone.get(0).detail()).contains("UBOT").contains("UOTHER");
        assertThat(this.slack.state()).isEqualTo(before);
        assertThat(undoAll()).containsOnly(Restoration.RESTORED);
    }

    private StepResult named(String text) {
        return this.steps.perform(this.connector.prepare(
                "post_message", Map.of("channel", "general", "text", text, "client_msg_id", "release-1")));
    }

    private static String ts(StepResult result) {
        return String.valueOf(result.output().get("ts"));
    }

    private List<Restoration> undoAll() {
        return this.steps.undoAll(this.connector.undo()).stream()
                .map(StepRestoration::restoration)
                .toList();
    }
}
