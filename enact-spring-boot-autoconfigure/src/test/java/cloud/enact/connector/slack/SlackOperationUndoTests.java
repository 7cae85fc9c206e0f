package cloud.enact.connector.slack;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back of each operation. */
class SlackOperationUndoTests {

    private SlackWorkspace workspace;

    private SlackConnector connector;

    private String ts;

    private Map<String, Object> before;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        this.workspace = new SlackWorkspace(temp);
        this.connector = this.workspace.connector();
        this.ts = this.workspace.slack().post("C01", "UBOT", "old");
        this.before = this.workspace.slack().state();
    }

    @AfterEach
    void stop() throws Exception {
        this.workspace.close();
    }

    @Test
    void readingAMessageLeavesNothingToUndo() {
        this.connector.getMessage("general", this.ts);

        assertThat(this.workspace.steps().records()).isEmpty();
    }

    @Test
    void aMessageThatWasPostedIsDeleted() {
        this.connector.postMessage("general", "new");

        assertUndone();
    }

    @Test
    void aMessageThatWasEditedGetsItsOldText() {
        this.connector.updateMessage("general", this.ts, "new");

        assertUndone();
    }

    @Test
    void aReactionThatWasAddedIsTakenAway() {
        this.connector.addReaction("general", this.ts, "eyes");

        assertUndone();
    }

    @Test
    void aMessageThatWasDeletedIsGone() {
        this.connector.deleteMessage("general", this.ts);

        assertThat(this.workspace.steps().undoAll(this.connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.IRREVERSIBLE);
        assertThat(this.workspace.slack().texts("C01")).isEmpty();
    }

    private void assertUndone() {
        assertThat(this.workspace.slack().state()).isNotEqualTo(this.before);
        assertThat(this.workspace.steps().undoAll(this.connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED);
        assertThat(this.workspace.slack().state()).isEqualTo(this.before);
    }
}
