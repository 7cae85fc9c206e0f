package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.Restoration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Files that an agent changes through its tools, and that come back with its session. */
class HookUndoTests extends HookUndoFixture {

    HookUndoTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @Test
    void filesThatWereWrittenAndEditedComeBackWithTheSession() throws IOException {
        Path old = write("src/App.java", "class App {}");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r-----"));
        Path notebook = write("data.ipynb", "{\"cells\": []}");

        this.agent.does("Edit", edit(old, "App", "Changed"), () -> Files.writeString(old, "class Changed {}"));
        this.agent.does("Write", file("docs/new/READ ME é.md", "new"), () -> write("docs/new/READ ME é.md", "new"));
        this.agent.does("Edit", edit(old, "Changed", "Twice"), () -> Files.writeString(old, "class Twice {}"));
        this.agent.does(
                "NotebookEdit",
                Map.of("notebook_path", notebook.toString(), "new_source", "x", "edit_mode", "insert"),
                () -> Files.writeString(notebook, "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\"}]}"));

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(old).hasContent("class App {}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-r-----");
        assertThat(notebook).hasContent("{\"cells\": []}");
        assertThat(this.project.resolve("docs")).doesNotExist();
        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(old).hasContent("class App {}");
    }

    @Test
    void aRollbackOfASessionIsTakenBackAsAnyOther() throws IOException {
        Path old = write("a.txt", "before");
        this.agent.does("Write", file("a.txt", "after"), () -> Files.writeString(old, "after"));

        RollbackReport undone = rollback();
        assertThat(old).hasContent("before");
        RollbackReport redone =
                this.rollbacks.rollback(RollbackRequest.of(undone.rollbackRunId(), Actor.of("ana"), "again"));

        assertThat(redone.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(old).hasContent("after");
    }

    @Test
    void laterWorkIsAConflictAndNothingIsTouched() throws IOException {
        Path one = write("one.txt", "1");
        Path two = write("two.txt", "2");
        this.agent.does("Write", file("one.txt", "agent"), () -> Files.writeString(one, "agent"));
        this.agent.does("Write", file("two.txt", "agent"), () -> Files.writeString(two, "agent"));
        Files.writeString(one, "by a person");

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.steps()).anySatisfy(step -> {
            assertThat(step.restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(step.detail()).contains("one.txt");
        });
        assertThat(one).hasContent("by a person");
        assertThat(two).hasContent("agent");
    }

    @Test
    void whatNobodyToldIsNotTakenForTheAgentsWork() throws IOException {
        Path told = write("a.txt", "before");
        assertThat(this.agent.asks("c1", "Write", file("a.txt"))).isEqualTo("none");
        Files.writeString(told, "by whom?");
        assertThat(rollback().result()).as("the call is open").isEqualTo(RollbackResult.REFUSED);
        this.agent.ends();

        assertThat(rollback().steps()).extracting(step -> step.restoration()).containsExactly(Restoration.CONFLICT);
        assertThat(told).hasContent("by whom?");
    }

    @Test
    void aCallThatFailedIsUndoneAsFarAsItGot() throws IOException {
        Path file = write("a.txt", "before");
        this.agent.asks("c1", "Write", file("a.txt", "half of it"));
        Files.writeString(file, "half");
        this.agent.failed("c1", "Write", file("a.txt", "half of it"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent("before");
    }

    @Test
    void whatTheUserAtTheAgentLetThroughComesBackAsWell() throws IOException {
        Path file = write("app.conf", "before");
        assertThat(this.agent.asks("c1", "Write", file("app.conf", "after"))).isEqualTo("ask");
        Files.writeString(file, "after");
        this.agent.tells("c1", "Write", file("app.conf", "after"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent("before");
    }

    @Test
    void whatTheUserAtTheAgentRefusedChangesNothing() throws IOException {
        write("app.conf", "before");
        Path other = write("a.txt", "before");
        assertThat(this.agent.asks("c1", "Write", file("app.conf"))).isEqualTo("ask");
        this.agent.does("Write", file("a.txt", "after"), () -> Files.writeString(other, "after"));
        this.agent.ends();

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(other).hasContent("before");
    }

    @Test
    void aCallThatIsDeniedIsNotCaptured() throws IOException {
        write("x.never", "before");
        assertThat(this.agent.asks("c1", "Write", file("x.never"))).isEqualTo("deny");

        assertThat(rollback().steps()).isEmpty();
    }

    @Test
    void whatIsReachedThroughALinkComesBackWhereItReallyIs() throws IOException {
        Path real = write("real/a.txt", "before");
        Files.createSymbolicLink(this.project.resolve("link"), this.project.resolve("real"));
        Files.createSymbolicLink(this.project.resolve("link.txt"), real);
        this.agent.does("Write", file("link/a.txt", "one"), () -> Files.writeString(real, "one"));
        this.agent.does("Write", file("link.txt", "two"), () -> Files.writeString(real, "two"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(real).hasContent("before");
        assertThat(this.project.resolve("link.txt")).isSymbolicLink();
    }

    @Test
    void aFileOutsideOfTheRootsIsNotCoveredAndTheReceiptSaysSo() throws IOException {
        Path outside = Files.writeString(DIRECTORY.resolve("outside.txt"), "before");
        Files.createSymbolicLink(this.project.resolve("way-out.txt"), outside);
        this.agent.does("Write", file("way-out.txt"), () -> Files.writeString(outside, "after"));
        this.agent.does("Write", Map.of("file_path", this.project + "/../../outside.txt", "content", "x"), () -> {});

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
        assertThat(report.steps())
                .extracting(step -> step.restoration())
                .containsExactly(Restoration.IRREVERSIBLE, Restoration.IRREVERSIBLE);
        assertThat(outside).hasContent("after");
        Receipt last = this.agent.receipts(this.store).get(0);
        assertThat(last.fields().get("actions_taken").toString()).contains("outside of the directories");
    }

    @Test
    void aFileThatIsTooLargeIsNotCoveredAndTheReceiptSaysSo() throws IOException {
        Path large = write("large.txt", "x".repeat(100_000));
        this.agent.does("Write", file("large.txt"), () -> Files.writeString(large, "small"));

        assertThat(rollback().steps()).extracting(step -> step.restoration()).containsExactly(Restoration.IRREVERSIBLE);
        assertThat(this.agent
                        .receipts(this.store)
                        .get(0)
                        .fields()
                        .get("actions_taken")
                        .toString())
                .contains("more than 65536 bytes");
    }

    @Test
    void aLinkThatIsSwappedInAfterTheCaptureLeadsNowhere() throws IOException {
        write("src/a.txt", "before");
        Path outside = Files.createTempDirectory(DIRECTORY, "outside");
        Files.writeString(outside.resolve("a.txt"), "not theirs");
        this.agent.asks("c1", "Write", file("src/a.txt"));
        Files.move(this.project.resolve("src"), this.project.resolve("moved"));
        Files.createSymbolicLink(this.project.resolve("src"), outside);
        this.agent.tells("c1", "Write", file("src/a.txt"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(outside.resolve("a.txt")).hasContent("not theirs");
    }

    @Test
    void whatCannotBeCapturedIsDeniedWithTheReason() throws Exception {
        Path pipe = this.project.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(this.project.resolve("dangling"), this.project.resolve("nowhere"));

        assertThat(this.agent.asks("c1", "Write", file("pipe"))).isEqualTo("deny");
        assertThat(this.agent.reason()).contains("could not be captured").contains("brought back");
        assertThat(this.agent.asks("c2", "Write", file("dangling"))).isEqualTo("deny");
        assertThat(this.agent.asks("c3", "Write", file("a\0b"))).isEqualTo("deny");
        assertThat(this.agent.receipts(this.store))
                .filteredOn(receipt -> receipt.kind() == ReceiptKind.COMPLETED)
                .allSatisfy(
                        receipt -> assertThat(receipt.fields().get("outcome")).isEqualTo("FAILED"))
                .isNotEmpty();
    }

    @Test
    void anAgentThatWorksElsewhereIsNotCaptured() throws IOException {
        AgentSession elsewhere = new AgentSession(this.port, DIRECTORY);
        Path file = Files.writeString(DIRECTORY.resolve("projects/free.txt"), "before");
        elsewhere.does("Write", Map.of("file_path", file.toString(), "content", "x"), () -> {});

        assertThat(this.rollbacks
                        .preview(RollbackRequest.of(elsewhere.run(this.store), Actor.of("ana"), "test"))
                        .steps())
                .extracting(step -> step.restoration())
                .containsExactly(Restoration.IRREVERSIBLE);
    }
}
