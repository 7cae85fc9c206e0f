package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.connector.filesystem.git.GitProject;
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
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Files that are as they were committed: git has them, so they are not copied, and come back from there. */
class KeptByGitUndoTests extends HookUndoFixture {

    /** More than may be copied, both in files and in bytes. */
    private static final int MANY = 60;

    private static final int SIZE = 3000;

    private GitProject git;

    KeptByGitUndoTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @BeforeEach
    void openRepository() throws Exception {
        this.git = GitProject.in(this.project);
        this.git.fill("src/main", MANY, SIZE);
        write("src/run.sh", script());
        Files.setPosixFilePermissions(this.project.resolve("src/run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        write("README.md", "read me");
        this.git.commit();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDirectoryOfMoreFilesThanMayBeCopiedComesBackWhole(boolean packed) throws Exception {
        if (packed) {
            this.git.pack();
        }
        Map<String, String> before = tree("src");
        String content = Files.readString(this.project.resolve("src/main/7.txt"));

        this.agent.runs("rm -rf src");
        assertThat(this.project.resolve("src")).doesNotExist();
        RollbackReport report = rollback();

        assertThat(tree("src")).isEqualTo(before);
        assertThat(report.steps()).extracting(step -> step.restoration()).contains(Restoration.RESTORED);
        assertThat(isCopied(content)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mv src sources",
                "rm src/main/*.txt",
                "rm -rf src && git add -A",
                "find src -name '1*.txt' -delete",
                "rm -rf src/main/1*",
                "rm -f .git/index.lock; rm -rf src",
            })
    void otherWaysToTakeMuchAwayComeBackAsWell(String command) throws Exception {
        Map<String, String> before = tree("src");

        this.agent.runs(command);
        assertThat(this.project.resolve("src/main/1.txt")).doesNotExist();
        RollbackReport report = rollback();

        assertThat(tree("src")).as(report.message()).isEqualTo(before);
        assertThat(this.project.resolve("sources")).doesNotExist();
    }

    @Test
    void whatNobodyCommittedIsCopied() throws Exception {
        write("src/main/1.txt", "x".repeat(SIZE));
        write("src/main/2.txt", "modified");
        write("src/staged.txt", "only staged");
        this.git.add();
        write("src/untracked.txt", "untracked");
        write(".gitignore", "*.log\n");
        write("src/ignored.log", "ignored");
        Files.createSymbolicLink(this.project.resolve("src/link"), Path.of("main"));
        Map<String, String> before = tree("src");

        this.agent.runs("rm -rf src");
        RollbackReport report = rollback();

        assertThat(tree("src")).as(report.message()).isEqualTo(before);
        assertThat(isCopied("x".repeat(SIZE))).isTrue();
        assertThat(isCopied("only staged")).isTrue();
        assertThat(isCopied("untracked")).isTrue();
        assertThat(isCopied(script())).isFalse();
    }

    @Test
    void aFileThatIsInAnotherFormInTheRepositoryIsCopied() throws Exception {
        write("src/main/3.txt", "line\r\nline\r\n");
        write(".gitattributes", "*.txt text\n");
        this.git.commit();
        Map<String, String> before = tree("src");

        this.agent.runs("rm -rf src");
        rollback();

        assertThat(tree("src")).isEqualTo(before);
        assertThat(isCopied("line\r\nline\r\n")).isTrue();
    }

    @Test
    void laterWorkIsAConflict() throws Exception {
        this.agent.runs("rm -rf src");
        write("src/main/1.txt", "by a person");

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.project.resolve("src/main/1.txt")).hasContent("by a person");
        assertThat(this.project.resolve("src/main/2.txt")).doesNotExist();
    }

    @Test
    void aLargeFileThatIsReplacedComesBack() throws Exception {
        String large = this.project + "0123456789".repeat(20_000);
        Path file = this.git.write("data/large.txt", large);
        this.git.commit();
        this.agent.does("Write", file("data/large.txt", "small"), () -> Files.writeString(file, "small"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent(large);
        assertThat(isCopied(large)).isFalse();
    }

    /** Git packs the older of two versions as a difference to the newer one, once there is one. */
    @Test
    void aLargeFileComesBackAfterItWasPackedAsADifference() throws Exception {
        String large = lines(15);
        Path file = this.git.write("data/large.txt", large);
        this.git.commit();
        this.agent.runs("echo one more line >> data/large.txt");
        this.git.commit();
        this.git.pack();
        assertThat(Files.size(this.git.packed(".pack")))
                .as("one of them is a difference")
                .isLessThan(large.length());

        RollbackReport report = rollback();

        assertThat(report.steps()).extracting(step -> step.restoration()).contains(Restoration.RESTORED);
        assertThat(Files.readString(file)).as(report.message()).isEqualTo(large);
    }

    /** Text of so many MB that hardly gets smaller. */
    private static String lines(int megabytes) {
        byte[] bytes = new byte[megabytes * 1024 * 1024 * 3 / 4];
        new Random(5).nextBytes(bytes);
        return Base64.getMimeEncoder().encodeToString(bytes);
    }

    @Test
    void aFewSmallFilesAreCopiedBecauseThatCostsLess() throws Exception {
        this.agent.runs("rm README.md src/main/1.txt");
        destroyRepository();

        rollback();

        assertThat(this.project.resolve("README.md")).hasContent("read me");
        assertThat(this.project.resolve("src/main/1.txt")).exists();
    }

    @Test
    void anObjectThatIsGoneIsAConflictThatSaysWhatToDo() throws Exception {
        String content = Files.readString(this.project.resolve("src/main/9.txt"));
        this.agent.runs("rm -rf src");
        Path object = this.git.object(content);
        byte[] bytes = Files.readAllBytes(object);
        Files.delete(object);

        RollbackReport refused = rollback();

        assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(refused.steps()).anySatisfy(step -> {
            assertThat(step.restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(step.detail())
                    .contains("src/main/9.txt", ".git", GitProject.name(content), "not there any more")
                    .contains("Bring it back there");
        });
        assertThat(this.project.resolve("src")).doesNotExist();

        Files.write(object, bytes);
        rollback();
        assertThat(this.project.resolve("src/main/9.txt")).hasContent(content);
    }

    @Test
    void anObjectThatWasAlteredIsAConflictAndNothingIsTouched() throws Exception {
        String content = Files.readString(this.project.resolve("src/main/9.txt"));
        this.agent.runs("rm -rf src && mkdir src && echo new > src/new.txt");
        Path object = this.git.object(content);
        Files.delete(object);
        Files.write(object, LooseForm.of("blob", "y".repeat(SIZE)));

        RollbackReport report = rollback();

        assertThat(report.steps()).anySatisfy(step -> {
            assertThat(step.restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(step.detail()).contains("something else");
        });
        assertThat(this.project.resolve("src/new.txt")).hasContent("new\n");
        assertThat(this.project.resolve("src/main")).doesNotExist();
    }

    @Test
    void aRepositoryThatIsGoneIsAConflict() throws Exception {
        this.agent.runs("rm -rf src");
        destroyRepository();

        RollbackReport report = rollback();

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.steps()).anySatisfy(step -> assertThat(step.detail()).contains("no repository any more"));
    }

    @Test
    void objectsThatTheSameSessionTakesAwayLaterComeBackBeforeTheyAreNeeded() throws Exception {
        this.git.pack();
        Map<String, String> before = tree("src");
        this.agent.runs("rm -rf src");
        this.agent.runs("rm -rf .git");

        RollbackReport report = rollback();

        assertThat(tree("src")).as(report.message()).isEqualTo(before);
        assertThat(this.git.packed(".pack")).exists();
    }

    @Test
    void callsThatBuildOnEachOtherComeBackTogether() throws Exception {
        this.git.fill("src/large", 1, 70_000);
        this.git.commit();
        Map<String, String> before = tree("src");
        Path large = this.project.resolve("src/large/0.txt");
        this.agent.does("Write", file("src/large/0.txt", "edited"), () -> Files.writeString(large, "edited"));
        this.agent.runs("mv src/main src/other");
        this.agent.runs("rm -rf src/large");
        this.agent.runs("rm -rf src/other/1*");

        RollbackReport report = rollback();

        assertThat(tree("src")).as(report.message()).isEqualTo(before);
    }

    @Test
    void aRollbackIsTakenBackAndTakenBackAgain() throws Exception {
        Map<String, String> before = tree("src");
        this.agent.runs("rm -rf src");

        RollbackReport undone = rollback();
        RollbackReport redone = this.rollbacks.rollback(
                RollbackRequest.of(undone.rollbackRunId(), Actor.of("ana@enact.example"), "again"));
        assertThat(this.project.resolve("src")).as(redone.message()).doesNotExist();
        RollbackReport last = this.rollbacks.rollback(
                RollbackRequest.of(redone.rollbackRunId(), Actor.of("ana@enact.example"), "and again"));

        assertThat(tree("src")).as(last.message()).isEqualTo(before);
    }

    private String script() {
        return "#!/bin/sh\n# " + this.project;
    }

    private void destroyRepository() throws IOException {
        remove(this.git.git());
    }
}
