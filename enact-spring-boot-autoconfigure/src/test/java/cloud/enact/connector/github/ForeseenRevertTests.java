package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of reverts before anything is undone. */
class ForeseenRevertTests extends GitHubTestBase {

    @BeforeEach
    void commit() {
        this.shop.commit("main", Map.of("a.txt", "1\n", "b.txt", "1\n"), "Begin");
    }

    @Test
    void linesThatSomebodyChangedAreForeseenAndNothingOfTheLookStays() {
        push("a.txt", "2\n");
        this.shop.commit("main", Map.of("a.txt", "3\n"), "A person's");
        Map<String, String> refs = this.shop.refs();

        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
        assertThat(this.shop.refs()).isEqualTo(refs);
    }

    @Test
    void commitsThatChangeTheSameLinesOneAfterTheOtherAreTakenBackTogether() {
        push("a.txt", "2\n");
        push("a.txt", "3\n");
        this.shop.commit("main", Map.of("b.txt", "2\n"), "A person's");
        Map<String, String> refs = this.shop.refs();

        assertThat(foreseen()).containsExactly(Restoration.RESTORED, Restoration.RESTORED);
        assertThat(this.shop.refs()).isEqualTo(refs);
        assertThat(undone()).containsExactly(Restoration.RESTORED, Restoration.RESTORED);
        assertThat(this.shop.file("main", "a.txt")).contains("1\n");
        assertThat(this.shop.file("main", "b.txt")).contains("2\n");
    }

    @Test
    void aCommitInBetweenStandsInTheWayOfTheOlderOneOnly() {
        push("a.txt", "2\n");
        this.shop.commit("main", Map.of("a.txt", "3\n"), "A person's");
        push("b.txt", "2\n");

        assertThat(foreseen()).containsExactly(Restoration.RESTORED, Restoration.CONFLICT);
    }

    @Test
    void aConflictIsForeseenOnAProtectedBranchToo() {
        push("a.txt", "2\n");
        this.shop.commit("main", Map.of("a.txt", "3\n"), "A person's");
        this.shop.protect("main");

        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
    }

    @Test
    void aLookAtOtherFilesNeedsNoBranch() {
        push("a.txt", "2\n");
        this.shop.commit("main", Map.of("b.txt", "3\n"), "A person's");
        var branches = this.github.faults().on(request -> request.path().endsWith("/merges"));

        assertThat(foreseen()).containsExactly(Restoration.RESTORED);
        assertThat(branches.seen()).isZero();
    }

    @Test
    void aFileWhereAFolderIsNowIsInTheWay() {
        this.connector.pushCommit(REPO, "main", "Remove", Collections.singletonMap("a.txt", null));
        this.shop.commit("main", Map.of("a.txt/inside", "3\n"), "A person's");

        List<Restoration> foreseen = foreseen();

        assertThat(undone()).isEqualTo(foreseen);
    }

    @Test
    void aMergeThatNobodyCanTryRefusesInsteadOfPromising() {
        push("a.txt", "2\n");
        this.shop.commit("main", Map.of("a.txt", "3\n"), "A person's");
        this.github
                .faults()
                .on(request -> request.path().endsWith("/merges"))
                .always()
                .answer(500, "{}");

        List<StepRestoration> answers = this.connector.undo().precheck(this.steps.records());

        assertThat(answers).extracting(StepRestoration::restoration).containsExactly(Restoration.FAILED);
        assertThat(this.shop.refs().keySet()).noneMatch(ref -> ref.contains("enact/undo"));
    }

    private void push(String path, String text) {
        this.connector.pushCommit(REPO, "main", "Change " + path, Map.of(path, text));
    }
}
