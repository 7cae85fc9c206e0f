package cloud.enact.connector.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.slack.SlackDouble;
import cloud.enact.doubles.slack.SlackFault;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What undo gives back in Slack, and what not. */
class SlackUndoTests {

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
    void aRunOverOneMessageIsUndoneNewestFirst() {
        Object before = this.slack.state();
        String ts = post();
        this.connector.updateMessage("general", ts, "two");
        this.connector.updateMessage("general", ts, "three");
        this.connector.addReaction("general", ts, "eyes");

        assertThat(this.steps.precheck(this.connector.undo())).containsOnly(Restoration.RESTORED);
        assertThat(undoAll()).containsOnly(Restoration.RESTORED);

        assertThat(this.slack.state()).isEqualTo(before);
    }

    @Test
    void whatSlackWritesInAnotherWayIsNoConflict() {
        String party = "\uD83C\uDF89 & <https://enact.example>";
        Object before = this.slack.state();
        String ts = String.valueOf(
                this.connector.postMessage("general", party + " 1").output().get("ts"));
        this.connector.updateMessage("general", ts, party + " 2");
        this.connector.updateMessage("general", ts, "three");
        assertThat(undoAll()).containsOnly(Restoration.RESTORED);

        this.steps.dieBefore(RecordingSteps.Moment.END);
        catchThrowable(() -> this.connector.postMessage("general", party));
        UndoRecord inDoubt = this.steps.records().get(0);
        assertThat(this.connector.undo().undo(inDoubt, false).restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.slack.state()).isEqualTo(before);
    }

    @Test
    void aReplyIsDeletedAndItsThreadStays() {
        String parent = this.slack.post("C01", "UANN", "question");
        this.connector.reply("general", parent, "answer");

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(this.slack.texts("C01")).containsExactly("question");
    }

    @Test
    void aReplyWhoseAnswerWasLostIsFoundInItsThread() {
        String parent = this.slack.post("C01", "UANN", "question");
        this.steps.dieBefore(RecordingSteps.Moment.END);
        catchThrowable(() -> this.connector.reply("general", parent, "answer"));

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(this.slack.texts("C01")).containsExactly("question");
    }

    @Test
    void aPostThatArrivesLateIsFoundBehindManyOthers() throws Exception {
        this.slack.fault("chat.postMessage", SlackFault.HELD);
        Thread poster = new Thread(() -> catchThrowable(() -> this.connector.postMessage("general", "late")));
        this.steps.dieBefore(RecordingSteps.Moment.END);
        poster.start();
        this.slack.awaitHeld();
        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);

        this.slack.release();
        poster.join();
        for (int i = 0; i < 450; i++) {
            this.slack.post("C01", "UANN", "chatter " + i);
        }

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
        assertThat(this.slack.texts("C01")).hasSize(450).doesNotContain("late");
    }

    @Test
    void aMarkInSomebodyElsesMessageIsNotOurs() {
        this.steps.dieBefore(RecordingSteps.Moment.END);
        catchThrowable(() -> this.connector.postMessage("general", "hello"));
        UndoRecord record = this.steps.records().get(0);
        this.slack.delete("C01", this.slack.times("C01").get(0));
        this.slack.postMarked(
                "C01",
                "UEVE",
                "look here",
                "enact_step",
                String.valueOf(record.before().values().get("marker")));

        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);

        assertThat(this.slack.texts("C01")).containsExactly("look here");
    }

    @Test
    void theTextOfAMessageThatIsGoneHasNoPlaceToGoBackTo() {
        String ts = this.slack.post("C01", "UBOT", "old");
        this.connector.updateMessage("general", ts, "new");
        this.connector.deleteMessage("general", ts);

        assertThat(undoAll()).containsExactly(Restoration.IRREVERSIBLE, Restoration.IRREVERSIBLE);
    }

    @Test
    void aReactionThatWasThereBeforeStays() {
        String ts = this.slack.post("C01", "UANN", "look");
        this.slack.react("C01", ts, "UBOT", "eyes");
        this.slack.react("C01", ts, "UANN", "tada");
        Object before = this.slack.state();
        this.connector.addReaction("general", ts, "eyes");
        this.connector.addReaction("general", ts, "tada");

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(this.slack.state()).isEqualTo(before);
    }

    @Test
    void aReactionThatIsThereBetweenTheLookAndTheChangeStays() {
        String ts = this.slack.post("C01", "UANN", "look");
        this.steps.meanwhile(() -> this.slack.react("C01", ts, "UBOT", "eyes"));

        assertThat(this.connector.addReaction("general", ts, "eyes").alreadyDone())
                .isEqualTo("already_reacted");

        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void anEditBetweenTheLookAndTheChangeStopsTheUpdate() {
        String ts = this.slack.post("C01", "UBOT", "old");
        this.steps.meanwhile(() -> this.slack.edit("C01", ts, "UBOT", "edited"));

        assertThat(catchThrowable(() -> this.connector.updateMessage("general", ts, "new")))
                .hasMessageContaining("changed while it was being updated");

        assertThat(this.slack.texts("C01")).containsExactly("edited");
        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void anUndoWhoseAnswerIsLostLooksAndSucceeds() {
        String ts = post();
        this.connector.updateMessage("general", ts, "two");
        this.connector.addReaction("general", ts, "eyes");
        for (String method : List.of("chat.update", "chat.delete", "reactions.remove")) {
            this.slack.fault(method, SlackFault.DROP_RESPONSE);
        }

        assertThat(undoAll()).containsOnly(Restoration.RESTORED);

        assertThat(this.slack.texts("C01")).isEmpty();
    }

    @Test
    void anUndoWhoseRequestIsLostFailsAndCanBeTriedAgain() {
        post();
        this.slack.fault("chat.delete", SlackFault.DROP_REQUEST);

        assertThat(undoAll()).containsExactly(Restoration.FAILED);
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void whileSlackIsAwayUndoFailsAndSaysSo() {
        post();
        this.slack.down(true);

        StepRestoration answer = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(answer.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(answer.detail()).contains("Slack did not answer");
        assertThat(this.steps.precheck(this.connector.undo())).containsExactly(Restoration.FAILED);
    }

    @Test
    void aChannelThatIsNotAllowedAnyMoreIsStillUndone() {
        post();

        SlackConnector elsewhere = SlackConnector.token(SlackWorkspace.TOKEN)
                .endpoint(this.slack.endpoint())
                .build(this.steps);

        assertThat(this.steps.undoAll(elsewhere.undo()).get(0).restoration()).isEqualTo(Restoration.RESTORED);
    }

    @Test
    void whatWasUndoneByMistakeIsDoneAgain() throws Exception {
        String ts = this.slack.post("C01", "UBOT", "old");
        this.connector.updateMessage("general", ts, "new");
        this.connector.addReaction("general", ts, "eyes");
        Object after = this.slack.state();
        for (UndoRecord record : this.steps.records()) {
            StepReversal reversal = this.connector.undo().reversal(record, this.workspace.blobs());
            this.connector.undo().undo(record, false);
            UndoRecord reversed = reversed(record, reversal);
            assertThat(this.connector.undo().undo(reversed, false).restoration())
                    .isEqualTo(Restoration.RESTORED);
        }

        assertThat(this.slack.state()).isEqualTo(after);
    }

    @Test
    void aMessageThatWasTakenBackIsNotPostedAgain() throws Exception {
        post();

        assertThat(this.connector.undo().reversal(this.steps.records().get(0), this.workspace.blobs()))
                .isNull();
    }

    @Test
    void onlyStepsOfOneMessageDependOnEachOther() {
        String one = post();
        String two = post();
        this.connector.updateMessage("general", two, "more");
        this.connector.addReaction("general", two, "eyes");
        List<UndoRecord> newestFirst = this.steps.records();
        UndoRecord reaction = newestFirst.get(0);
        UndoRecord update = newestFirst.get(1);

        assertThat(this.connector.undo().dependsOn(update, newestFirst.get(2))).isTrue();
        assertThat(this.connector.undo().dependsOn(reaction, newestFirst.get(2)))
                .isTrue();
        assertThat(this.connector.undo().dependsOn(reaction, update)).isFalse();
        assertThat(this.connector.undo().dependsOn(update, newestFirst.get(3))).isFalse();
        assertThat(one).isNotEqualTo(two);
    }

    private static UndoRecord reversed(UndoRecord record, StepReversal reversal) {
        return new UndoRecord(
                record.position() + 100,
                record.runId(),
                record.actionId(),
                record.connector(),
                reversal.operation(),
                Map.copyOf(reversal.args()),
                reversal.reversibility(),
                reversal.capture().before(),
                reversal.capture().expected(),
                UndoRecord.State.DONE,
                record.digest());
    }

    private String post() {
        return String.valueOf(
                this.connector.postMessage("general", "one").output().get("ts"));
    }

    private List<Restoration> undoAll() {
        return this.steps.undoAll(this.connector.undo()).stream()
                .map(StepRestoration::restoration)
                .toList();
    }
}
