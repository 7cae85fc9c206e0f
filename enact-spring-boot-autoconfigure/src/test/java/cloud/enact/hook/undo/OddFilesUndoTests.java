package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.Restoration;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Files that are not like most. */
class OddFilesUndoTests extends HookUndoFixture {

    OddFilesUndoTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm run.sh locked/kept.txt",
                "echo x > run.sh; chmod 755 locked; echo y > locked/kept.txt; chmod 555 locked",
                "rm -rf locked",
                "rm -rf locked && echo file > locked",
                "rm run.sh && mkdir -p run.sh/in && echo x > run.sh/in/it",
                "rm -rf deep",
                "rm $'two\\nlines' -- '-rf' '  spaces  '",
                "mv long* longer",
                "mv run.sh RUN.SH",
                "rm -rf locked; ln -s /usr locked"
            })
    void whatIsOddComesBackAsItWas(String command) throws Exception {
        bash("umask 022; echo '#!' > run.sh; chmod 750 run.sh; touch -d '2001-02-03 04:05:06.123456789' run.sh;"
                + " mkdir locked; echo kept > locked/kept.txt; chmod 400 locked/kept.txt; chmod 555 locked;"
                + " touch -d '2002-02-03 04:05:06' locked;"
                + " D=deep; for i in $(seq 100); do D=$D/$i; done; mkdir -p $D; echo x > $D/x;"
                + " echo x > $'two\\nlines'; echo x > -rf; echo x > '  spaces  ';"
                + " echo x > $(printf 'long%0251d' 1)");
        String before = tree();

        this.agent.runs(command);
        assertThat(tree()).as("it does something").isNotEqualTo(before);
        RollbackReport report = rollback();

        assertThat(tree()).as("%s", report.steps()).isEqualTo(before);
    }

    @Test
    void aHugeFileWithoutContentIsNotCovered() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(this.project.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        this.agent.runs("rm sparse");

        assertThat(rollback().steps()).extracting(step -> step.restoration()).containsOnly(Restoration.IRREVERSIBLE);
    }

    @Test
    void theOtherNamesOfAFileThatIsWrittenInPlaceAreTold() throws Exception {
        Path one = write("one.txt", "before");
        Path two = Files.createLink(this.project.resolve("two.txt"), one);
        this.agent.does("Write", file("one.txt", "after"), () -> Files.writeString(one, "after"));

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(one).hasContent("before");
        assertThat(two).hasContent("after");
        assertThat(report.steps())
                .extracting(step -> step.detail())
                .first()
                .asString()
                .contains("hard links");
    }

    @Test
    void aNameThatNoFileSystemTakesIsDenied() throws IOException {
        assertThat(this.agent.asks("c1", "Write", file("x".repeat(256)))).isEqualTo("deny");
        assertThat(this.agent.asks("c2", "Write", file("x/".repeat(200) + "y"))).isEqualTo("deny");
        assertThat(this.agent.asks("c3", "Bash", Map.of("command", "rm -rf " + "x/".repeat(200))))
                .isEqualTo("deny");
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 1000, 5000, 30_000, 120_000})
    void aWayThatIsTooDeepIsDenied(int depth) throws IOException {
        String way = "x/".repeat(depth) + "y";

        assertThat(this.agent.asks("c1", "Write", file(way))).isEqualTo("deny");
        assertThat(this.agent.reason()).contains((depth > 2000) ? "longer than" : "deeper than");
        assertThat(this.agent.asks("c2", "Bash", Map.of("command", "rm -f " + way)))
                .isEqualTo("deny");
        assertThat(this.agent.asks("c3", "Bash", Map.of("command", "cd " + way + "; rm -f *")))
                .isIn("deny", "none");
    }

    @Test
    void aTreeThatIsTooDeepIsNotCovered() throws Exception {
        bash(
                "p=deep; for i in $(seq 400); do p=$p/$i; done; mkdir -p $p; cd $p; p=.; for i in $(seq 600); do p=$p/d; done;"
                        + " mkdir -p $p");
        this.agent.runs("rm -rf deep");

        assertThat(rollback().steps()).extracting(step -> step.restoration()).containsOnly(Restoration.IRREVERSIBLE);
    }

    @Test
    void theFileOfADirectoryThatIsGoneMeanwhileComesBack() throws Exception {
        Path file = write("run.sh", "before");
        this.agent.runs("rm run.sh && mkdir run.sh && echo x > run.sh/it");
        bash("rm -rf run.sh");

        rollback();

        assertThat(file).hasContent("before");
    }

    private void bash(String command) throws Exception {
        assertThat(new ProcessBuilder("bash", "-c", command)
                        .directory(this.project.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Names, types, modes, times of files, targets and contents. */
    private String tree() throws Exception {
        Process find = new ProcessBuilder(
                        "bash",
                        "-c",
                        "find . -printf '%p %y %m %l ' -type f -printf '%T@ ' -exec cat {} \\; -o -printf '\\n' | sort")
                .directory(this.project.toFile())
                .start();
        return new String(find.getInputStream().readAllBytes());
    }
}
