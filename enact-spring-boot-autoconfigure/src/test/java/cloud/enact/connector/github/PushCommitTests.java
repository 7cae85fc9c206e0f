package cloud.enact.connector.github;

import static cloud.enact.connector.github.GitHubAtWork.REPO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.github.Protection;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushCommitTests {

    @TempDir
    Path directory;

    private GitHubAtWork work;

    @BeforeEach
    void startGitHub() throws Exception {
        this.work = new GitHubAtWork(this.directory);
        this.work.shop.commit("main", Map.of("src/a.txt", "one\ntwo\nthree\n", "src/b.txt", "b\n"), "Add files");
    }

    @AfterEach
    void stopGitHub() {
        this.work.close();
    }

    @Test
    void pushesTextsAndDeletesFilesInOneCommit() {
        String before = this.work.head("main");
        Map<String, @Nullable Object> files = new HashMap<>();
        files.put("src/a.txt", "other\n");
        files.put("src/b.txt", null);
        files.put("docs/new/page.md", "# Page\n");

        StepResult pushed = this.work.connector().pushCommit(REPO, "main", "Change some", files);

        String head = this.work.head("main");
        assertThat(pushed.output()).containsEntry("sha", head).containsEntry("branch", "main");
        assertThat(this.work.shop.file("main", "src/a.txt")).contains("other\n");
        assertThat(this.work.shop.file("main", "src/b.txt")).isEmpty();
        assertThat(this.work.shop.file("main", "docs/new/page.md")).contains("# Page\n");
        GitData git = git();
        assertThat(git.commit(head).parents()).containsExactly(before);
        assertThat(git.commit(head).message()).startsWith("Change some\n\nEnact-Step: ");
    }

    @Test
    void knowsItsCommitBeforeTheBranchMoves() {
        this.work.steps.meanwhile(() -> assertThat(
                        this.work.record().fingerprint().values())
                .containsEntry("sha", this.work.record().fingerprint().values().get("sha"))
                .doesNotContainEntry("sha", this.work.head("main")));

        this.work.push("main", "src/a.txt", "other\n");

        assertThat(this.work.record().fingerprint().values()).containsEntry("sha", this.work.head("main"));
    }

    @Test
    void findsItDoneWhenTheFilesAreSo() {
        String before = this.work.head("main");

        StepResult pushed = this.work.push("main", "src/a.txt", "one\ntwo\nthree\n");

        assertThat(pushed.alreadyDone()).isEqualTo("unchanged");
        assertThat(this.work.head("main")).isEqualTo(before);
        assertThat(this.work.steps.records()).isEmpty();
    }

    @Test
    void deletingAFileThatIsNotThereIsDone() {
        assertThat(this.work.push("main", "src/none.txt", null).alreadyDone()).isEqualTo("unchanged");
    }

    @Test
    void undoAddsACommitThatTakesItBack() {
        String tree = this.work.shop.tree("main");
        this.work.push("main", "src/a.txt", "other\n");
        String pushed = this.work.head("main");

        StepRestoration undone = this.work.undo();

        assertThat(undone.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(this.work.shop.tree("main")).isEqualTo(tree);
        assertThat(git().commit(this.work.head("main")).parents()).containsExactly(pushed);
        assertThat(undone.output())
                .containsEntry("operation", "revert_commit")
                .containsEntry("revert_sha", this.work.head("main"))
                .containsEntry("reverted_commit", pushed)
                .containsEntry("base_branch", "main");
    }

    @Test
    void undoKeepsWhatSomebodyPushedSince() {
        this.work.push("main", "src/a.txt", "ONE\ntwo\nthree\n");
        this.work.shop.commit("main", Map.of("src/b.txt", "by a person\n"), "A person's");

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.shop.file("main", "src/a.txt")).contains("one\ntwo\nthree\n");
        assertThat(this.work.shop.file("main", "src/b.txt")).contains("by a person\n");
        assertThat(this.work.refs()).containsOnlyKeys("refs/heads/main");
    }

    @Test
    void undoTwiceIsUndoOnce() {
        this.work.push("main", "src/a.txt", "other\n");
        this.work.shop.commit("main", Map.of("src/b.txt", "by a person\n"), "A person's");
        this.work.undo();
        this.work.shop.commit("main", Map.of("src/a.txt", "one\ntwo, by a person\nthree\n"), "Another");
        Map<String, String> once = this.work.refs();

        assertThat(this.work.steps.precheck(this.work.connector().undo()))
                .containsExactly(Restoration.ALREADY_RESTORED);
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);

        assertThat(this.work.refs()).isEqualTo(once);
    }

    @Test
    void undoFindsThatAPersonTookItBack() {
        this.work.push("main", "src/a.txt", "other\n");
        this.work.shop.commit("main", Map.of("src/a.txt", "one\ntwo\nthree\n"), "Take it back");

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @Test
    void laterChangesOfTheSameLinesAreAConflictThatLeavesNothingBehind() {
        this.work.push("main", "src/a.txt", "ONE\ntwo\nthree\n");
        this.work.shop.commit("main", Map.of("src/a.txt", "ONE, by a person\ntwo\nthree\n"), "A person's");
        Map<String, String> before = this.work.refs();

        StepRestoration undone = this.work.undo();

        assertThat(undone.restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(undone.detail()).contains("branch main of acme/shop", "by hand");
        assertThat(this.work.refs()).isEqualTo(before);
    }

    @Test
    void aRewrittenBranchIsAConflict() {
        String before = this.work.head("main");
        this.work.push("main", "src/a.txt", "other\n");
        this.work.shop.branch("else", before);
        String other = this.work.shop.commit("else", Map.of("src/b.txt", "else\n"), "Else");
        this.work.shop.forcePush("main", other);

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.work.head("main")).isEqualTo(other);
    }

    @Test
    void aBranchThatWasSetBackIsAsBefore() {
        String before = this.work.head("main");
        this.work.push("main", "src/a.txt", "other\n");
        this.work.shop.forcePush("main", before);

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @Test
    void undoSetsTheBranchBackWhenThatIsConfigured() {
        String before = this.work.head("main");
        this.work.push("main", "src/a.txt", "other\n");
        String pushed = this.work.head("main");

        StepRestoration undone = reset().undo().undo(this.work.record(), false);

        assertThat(undone.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(undone.output()).containsEntry("operation", "reset_branch");
        assertThat(this.work.head("main")).isEqualTo(before);
        assertThat(this.work.refs()).containsValue(pushed);
        assertThat(reset().undo().undo(this.work.record(), false).restoration())
                .isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @Test
    void undoSetsNoBranchBackThatMovedOn() {
        this.work.push("main", "src/a.txt", "other\n");
        String later = this.work.shop.commit("main", Map.of("src/b.txt", "by a person\n"), "A person's");

        assertThat(reset().undo().undo(this.work.record(), false).restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(git().commit(this.work.head("main")).parents()).containsExactly(later);
    }

    @Test
    void severalPushesAreUndoneNewestFirst() {
        String before = this.work.head("main");
        this.work.push("main", "src/a.txt", "1\n");
        this.work.push("main", "src/a.txt", "2\n");
        this.work.push("main", "src/c.txt", "3\n");

        assertThat(reset().undo().precheck(this.work.steps.records()))
                .extracting(StepRestoration::restoration)
                .containsOnly(Restoration.RESTORED);
        assertThat(this.work.steps.undoAll(reset().undo()))
                .extracting(StepRestoration::restoration)
                .containsOnly(Restoration.RESTORED);

        assertThat(this.work.head("main")).isEqualTo(before);
    }

    @Test
    void aBranchThatTheRunMadeIsSetBackAndDeleted() {
        Map<String, String> before = this.work.refs();
        this.work.connector().createBranch(REPO, "agent/work", "main");
        this.work.push("agent/work", "src/a.txt", "1\n");
        this.work.push("agent/work", "src/a.txt", "2\n");

        assertThat(this.work.steps.precheck(this.work.connector().undo())).containsOnly(Restoration.RESTORED);
        assertThat(this.work.rollBack())
                .extracting(StepRestoration::restoration)
                .containsOnly(Restoration.RESTORED);

        assertThat(this.work.branches()).isEqualTo(before);
        assertThat(this.work.rollBack())
                .extracting(StepRestoration::restoration)
                .containsOnly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aBranchThatTheRunMadeAndSomebodyWorkedOnIsAConflict() {
        this.work.connector().createBranch(REPO, "agent/work", "main");
        this.work.push("agent/work", "src/a.txt", "1\n");
        this.work.shop.commit("agent/work", Map.of("src/b.txt", "by a person\n"), "A person's");

        assertThat(this.work.steps.precheck(this.work.connector().undo())).contains(Restoration.CONFLICT);
    }

    @Test
    void severalPushesAreRevertedNewestFirst() {
        String tree = this.work.shop.tree("main");
        this.work.push("main", "src/a.txt", "1\n");
        this.work.push("main", "src/a.txt", "2\n");
        this.work.push("main", "src/c.txt", "3\n");

        assertThat(this.work.rollBack())
                .extracting(StepRestoration::restoration)
                .containsOnly(Restoration.RESTORED);

        assertThat(this.work.shop.tree("main")).isEqualTo(tree);
        assertThat(this.work.rollBack())
                .extracting(StepRestoration::restoration)
                .containsOnly(Restoration.ALREADY_RESTORED);
        assertThat(this.work.shop.tree("main")).isEqualTo(tree);
    }

    @Test
    void aBranchThatMovedSinceItWasSeenIsLeftAlone() {
        this.work.steps.meanwhile(
                () -> this.work.shop.commit("main", Map.of("src/b.txt", "by a person\n"), "A person's"));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("main", "src/a.txt", "other\n"))
                .withMessageContaining("moved by somebody");

        assertThat(this.work.shop.file("main", "src/a.txt")).contains("one\ntwo\nthree\n");
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(this.work.shop.file("main", "src/b.txt")).contains("by a person\n");
    }

    @Test
    void aProtectedBranchTakesNoPush() {
        this.work.shop.protect("main", Protection.PULL_REQUESTS);

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("main", "src/a.txt", "other\n"))
                .withMessageContaining("protected")
                .withMessageContaining("pull request");
    }

    @Test
    void aBranchThatIsNotThereTakesNoPush() {
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("feature", "src/a.txt", "other\n"))
                .withMessageContaining("create it first");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("main", "src", "text\n"))
                .withMessageContaining("only files");
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("main", "src/a.txt/b", "text\n"))
                .withMessageContaining("no folder");
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("main", "src", null))
                .withMessageContaining("only files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../a",
                "a/../b",
                "a//b",
                "a/",
                ".",
                ".git/config",
                "a/.git/hooks/x",
                ".GIT/config",
                ".git./config",
                ".git /x",
                ".g\u200cit/config",
                "git~1/config",
                "a\\b",
                "a\nb",
                "a\u0000b",
                ".git:x/y",
                "\ud800"
            })
    void aPathThatLeadsElsewhereIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.work.connector().pushCommit(REPO, "main", "Message", Map.of(path, "text\n")))
                .withMessageContaining("files");
    }

    @Test
    void tooMuchIsRefused() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 101; i++) {
            many.put("f" + i, "x");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.work.connector().pushCommit(REPO, "main", "Many", many));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.work.push("main", "big", "x".repeat(1024 * 1024 + 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.work.connector().pushCommit(REPO, "main", "None", Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.work
                        .connector()
                        .pushCommit(REPO, "main", "Both", Map.of("a", "file", "a/b", "in a folder")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.work.connector().pushCommit(REPO, "main", " ", Map.of("a", "file")));
    }

    @Test
    void whatWasWrittenIsNotKeptForUndo() {
        assertThat(this.work
                        .connector()
                        .prepare(
                                "push_commit",
                                Map.of("repo", REPO, "branch", "main", "message", "m", "files", Map.of("a", "b")))
                        .undoArgs())
                .doesNotContainKey("files")
                .containsKeys("repo", "branch");
    }

    private GitHubConnector reset() {
        return this.work.builder().resetPushes(true).build(this.work.steps);
    }

    private GitData git() {
        return new GitData(
                new GitHubClient(
                        new GitHubEndpoint(this.work.github.endpoint()),
                        this.work.github.token(),
                        GitHubLimits.defaults()),
                RepositoryName.of(REPO));
    }
}
