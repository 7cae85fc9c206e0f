package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.Restoration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Calls that were made otherwise than they were asked for. */
class UnaskedUndoTests extends HookUndoFixture {

    UnaskedUndoTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @Test
    void aCallThatNobodyAskedForIsNotSaidToBeUndone() throws IOException {
        Path asked = write("a.txt", "before");
        Path unasked = write("b.txt", "before");
        this.agent.does("Write", file("a.txt", "after"), () -> Files.writeString(asked, "after"));
        Files.writeString(unasked, "after");
        this.agent.tells("c9", "Write", file("b.txt", "after"));

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps()).extracting(step -> step.restoration()).contains(Restoration.IRREVERSIBLE);
    }

    @Test
    void aCallOnAnotherFileThanWasAskedForIsNotSaidToBeUndone() throws IOException {
        Path first = write("first.txt", "before");
        this.agent.does("Write", file("first.txt", "after"), () -> Files.writeString(first, "after"));
        write("a.txt", "before");
        Path other = write("b.txt", "before");
        this.agent.asks("c1", "Write", file("a.txt", "after"));
        Files.writeString(other, "after");
        this.agent.tells("c1", "Write", file("b.txt", "after"));

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(first).hasContent("before");
    }

    @Test
    void aCallThatWasDeniedAndMadeAllTheSameIsNotSaidToBeUndone() throws IOException {
        Path first = write("first.txt", "before");
        this.agent.does("Write", file("first.txt", "after"), () -> Files.writeString(first, "after"));
        Path never = write("x.never", "before");
        assertThat(this.agent.asks("c1", "Write", file("x.never", "after"))).isEqualTo("deny");
        Files.writeString(never, "after");
        this.agent.tells("c1", "Write", file("x.never", "after"));

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
    }

    @Test
    void aCallThatNobodyAskedForAndThatFailedIsNotSaidToBeUndone() throws IOException {
        Path asked = write("a.txt", "before");
        this.agent.does("Write", file("a.txt", "after"), () -> Files.writeString(asked, "after"));
        this.agent.failed("c9", "Write", file("b.txt", "after"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.PARTIAL);
    }

    @Test
    void anotherCallThatIsToldUnderAnIdThatIsOverIsNotSaidToBeUndone() throws IOException {
        Path asked = write("a.txt", "before");
        this.agent.does("Write", file("a.txt", "after"), () -> Files.writeString(asked, "after"));
        this.agent.tells("toolu_1", "Write", file("b.txt", "after"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.PARTIAL);
    }

    @Test
    void whatOnlyLooksIsNoHindrance() throws IOException {
        Path asked = write("a.txt", "before");
        this.agent.does("Write", file("a.txt", "after"), () -> Files.writeString(asked, "after"));
        this.agent.tells("c9", "Read", file("a.txt"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
    }

    @Test
    void aLinkThatIsReplacedByAFileComesBack() throws IOException {
        Path real = write("real.txt", "before");
        Path link = Files.createSymbolicLink(this.project.resolve("link.txt"), Path.of("real.txt"));
        this.agent.does("Write", file("link.txt", "after"), () -> {
            Files.delete(link);
            Files.writeString(link, "after");
        });

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("before");
    }

    @Test
    void whatSomebodyChangedWhileItWasAskedAboutIsNotSaidToBeUndone() throws IOException {
        Path file = write("app.conf", "before");
        assertThat(this.agent.asks("c1", "Write", file("app.conf", "after"))).isEqualTo("ask");
        Files.writeString(file, "by a person");
        this.agent.refused("c1", "Write", file("app.conf", "after"));

        assertThat(rollback().steps()).extracting(step -> step.restoration()).containsOnly(Restoration.CONFLICT);
        assertThat(file).hasContent("by a person");
    }
}
