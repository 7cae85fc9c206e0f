package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** Generated histories: what comes of undoing a merge is what {@code git revert} makes of it, conflicts included. */
class RevertPropertyTests {

    private Path directory;

    private GitHubAtWork work;

    private int repositories;

    @BeforeProperty
    void startGitHub() throws IOException {
        Assumptions.assumeTrue(RealGit.isHere(), "There is no git here to compare with");
        this.directory = Files.createTempDirectory("revert");
        this.work = new GitHubAtWork(this.directory);
    }

    @AfterProperty
    void stopGitHub() throws IOException {
        if (this.work != null) {
            this.work.close();
            FileSystemUtils.deleteRecursively(this.directory);
        }
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void aMergeIsTakenBackAsGitRevertsIt(@ForAll Random random) throws IOException {
        compare("merge", random);
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void aSquashIsTakenBackAsGitRevertsIt(@ForAll Random random) throws IOException {
        compare("squash", random);
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void aRebaseIsTakenBackAsGitRevertsAllOfIt(@ForAll Random random) throws IOException {
        compare("rebase", random);
    }

    private void compare(String method, Random random) throws IOException {
        HostedRepository repository = this.work.github.create("acme", "r" + this.repositories++);
        repository.mergeWithGit();
        try (GeneratedHistory people = new GeneratedHistory(repository.directory(), random)) {
            UndoRecord merge = merge(repository, people, method, random);
            Statistics.label("merged").collect(merge != null);
            if (merge == null) {
                return;
            }
            people.work("main", 4);
            String head = repository.head("main").orElseThrow();
            Map<String, String> before = refs(repository);

            StepRestoration foreseen =
                    this.work.connector().undo().precheck(List.of(merge)).get(0);
            assertThat(refs(repository)).isEqualTo(before);

            StepRestoration undone = this.work.connector().undo().undo(merge, false);

            assertThat(undone.restoration())
                    .as(undone.detail() + foreseen.detail())
                    .isEqualTo(foreseen.restoration());

            Note note = Note.of(merge);
            RealGit git = RealGit.cloned(repository.directory(), this.directory.resolve("clone" + this.repositories));
            // what came with a rebase, as one commit
            String change = method.equals("rebase")
                    ? git.commit(git.must("rev-parse", note.after("sha") + "^{tree}"), note.after("before"))
                    : note.after("sha");
            Optional<String> expected = git.revert(head, change);
            Statistics.label("clean").collect(expected.isPresent());
            if (expected.isEmpty()) {
                assertThat(undone.restoration()).as(undone.detail()).isEqualTo(Restoration.CONFLICT);
                assertThat(refs(repository)).isEqualTo(before);
            } else {
                assertThat(undone.restoration())
                        .as(undone.detail())
                        .isIn(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
                assertThat(repository.tree("main")).isEqualTo(expected.get());
                assertThat(refs(repository).keySet()).isEqualTo(before.keySet());
                assertThat(git.must("-C", repository.directory().toString(), "log", "--format=%H", "main"))
                        .contains(head);
            }
        }
    }

    /** Returns {@code null} when the branches can't be merged. */
    private UndoRecord merge(HostedRepository repository, GeneratedHistory people, String method, Random random) {
        people.begin();
        people.branch("feature", "main");
        people.work("main", 2);
        people.commit("feature");
        if (method.equals("merge") && random.nextInt(3) == 0) {
            people.cross("main", "feature");
            people.work("main", 1);
        }
        people.work("feature", 2);
        people.commit("feature");
        this.work.steps = new RecordingSteps(this.work.blobs);
        GitHubConnector connector = this.work.connector();
        try {
            Object number = this.work
                    .other()
                    .createPr(repository.fullName(), "Feature", "", "feature", "main")
                    .output()
                    .get("number");
            connector.mergePr(repository.fullName(), ((Number) number).intValue(), method);
            return this.work.record();
        } catch (ConnectorException ex) {
            assertThat(ex).hasMessageContaining("405");
            return null;
        }
    }

    private static Map<String, String> refs(HostedRepository repository) {
        Map<String, String> refs = new TreeMap<>(repository.refs());
        refs.keySet().removeIf(ref -> ref.startsWith("refs/pull/"));
        return refs;
    }
}
