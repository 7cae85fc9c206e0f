package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Effort;
import cloud.enact.doubles.github.Fault;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Between any two calls of GitHub an answer is lost, or the process dies: nothing of what follows ever gets out. Asked
 * again, the undo comes to the same end, with one commit and nothing left over.
 */
class GitHubCrashTests {

    /** In a quick build some of the calls, in the other every one: {@code ./mvnw verify -Pfaults}. */
    private static final int STEP = Effort.of(4, 1);

    @TempDir
    Path directory;

    private GitHubAtWork work;

    /** What happens to the call at which it happens, and to those that follow. */
    enum Trouble {
        REQUEST_LOST,
        ANSWER_LOST,
        DEAD_BEFORE,
        DEAD_AFTER
    }

    /** What is done and undone. */
    enum Way {
        MERGE,
        REBASE,
        PUSH,
        RESET;

        void act(GitHubConnector connector, String repo) {
            switch (this) {
                case MERGE, REBASE -> connector.mergePr(repo, 1, (this == MERGE) ? "merge" : "rebase");
                case PUSH, RESET ->
                    connector.pushCommit(repo, "main", "Push", Map.of("new.txt", "new\n", "a.txt", "x\n"));
            }
        }
    }

    @BeforeEach
    void startGitHub() throws Exception {
        this.work = new GitHubAtWork(this.directory);
    }

    @AfterEach
    void stopGitHub() {
        this.work.close();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void anUndoThatWasCutOffComesToTheSameEnd(Trouble trouble) {
        for (Way way : List.of(Way.MERGE, Way.RESET)) {
            int calls = trouble.ordinal() % STEP;
            boolean troubled = true;
            while (troubled) {
                begin();
                way.act(connector(way), this.work.repo());
                UndoRecord record = this.work.record();
                if (way != Way.RESET) {
                    person();
                }
                List<Fault> faults = set(trouble, calls);
                StepRestoration first = connector(way).undo().undo(record, false);
                troubled = faults.get(0).seen() > calls;
                this.work.github.faults().clear();
                String where = way + " " + trouble + " at call " + calls + ": " + first.detail();

                assertThat(first.restoration())
                        .as(where)
                        .isIn(Restoration.RESTORED, Restoration.ALREADY_RESTORED, Restoration.FAILED);
                assertThat(connector(way).undo().undo(record, false).restoration())
                        .as(where)
                        .isIn(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
                assertUndone(way, where);
                calls += STEP;
            }
            assertThat(calls).isGreaterThan(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_LOST", "DEAD_AFTER"})
    void askingForARevertThatWasCutOffAsksOnce(Trouble trouble) {
        int calls = trouble.ordinal() % STEP;
        boolean troubled = true;
        while (troubled) {
            begin();
            Way.MERGE.act(this.work.connector(), this.work.repo());
            UndoRecord record = this.work.record();
            person();
            this.work.shop.protect("main");
            List<Fault> faults = set(trouble, calls);
            StepRestoration first = this.work.connector().undo().undo(record, false);
            troubled = faults.get(0).seen() > calls;
            this.work.github.faults().clear();
            String where = trouble + " at call " + calls + ": " + first.detail();

            assertThat(first.restoration()).as(where).isIn(Restoration.PENDING, Restoration.FAILED);
            StepRestoration again = this.work.connector().undo().undo(record, false);
            assertThat(again.restoration()).as(where + "; " + again.detail()).isEqualTo(Restoration.PENDING);
            // main, feature, the one for the revert
            assertThat(this.work.branches()).as(where).hasSize(3);
            assertThat(this.work.connector().getPr(this.work.repo(), 2).output())
                    .as(where)
                    .containsEntry("state", "open");
            calls += STEP;
        }
        assertThat(calls).isGreaterThan(8);
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "REBASE", "PUSH"})
    void aStepThatWasCutOffIsUndoneAsFarAsItGot(Way way) {
        for (Trouble trouble : List.of(Trouble.REQUEST_LOST, Trouble.ANSWER_LOST, Trouble.DEAD_AFTER)) {
            int calls = trouble.ordinal() % STEP;
            boolean troubled = true;
            while (troubled) {
                begin();
                AtomicReference<UndoRecord> begun = new AtomicReference<>();
                AtomicReference<List<Fault>> faults = new AtomicReference<>(List.of());
                int call = calls;
                this.work.steps.meanwhile(() -> {
                    begun.set(this.work.record());
                    faults.set(set(trouble, call));
                });
                String error = attempt(() -> way.act(connector(way), this.work.repo()));
                troubled = faults.get().get(0).seen() > calls;
                this.work.github.faults().clear();
                boolean happened = this.work.shop.file("main", "new.txt").isPresent();
                String where = way + " " + trouble + " at call " + calls + ": " + error;
                if (error.isEmpty()) {
                    assertThat(happened).as(where).isTrue();
                }
                // as the process that lives on knows it, and as the next process finds it
                UndoRecord record = trouble.name().startsWith("DEAD") ? begun.get() : this.work.record();
                StepRestoration undone = connector(way).undo().undo(record, false);
                if (undone.restoration() == Restoration.PENDING) {
                    assertThat(way).as(where).isEqualTo(Way.REBASE);
                    assertThat(happened).as(where).isTrue();
                    undone = connector(way).undo().undo(record, true);
                }
                assertThat(undone.restoration())
                        .as(where + "; " + undone.detail())
                        .isEqualTo(happened ? Restoration.RESTORED : Restoration.ALREADY_RESTORED);
                assertUndone(way, where);
                calls += STEP;
            }
            assertThat(calls).isPositive();
        }
    }

    private void begin() {
        this.work.startAnew();
        this.work.shop.commit("main", Map.of("a.txt", "1\n2\n3\n"), "Add a file");
        this.work.shop.branch("feature", this.work.head("main"));
        this.work.shop.commit("feature", Map.of("new.txt", "new\n"), "First");
        this.work.shop.commit("feature", Map.of("a.txt", "x\n"), "Second");
        this.work.openPullRequest("Feature", "feature", "main");
    }

    private void person() {
        this.work.shop.commit("main", Map.of("person.txt", "person\n"), "A person's");
    }

    private GitHubConnector connector(Way way) {
        return this.work.builder().resetPushes(way == Way.RESET).build(this.work.steps);
    }

    /** The first of them counts all calls. */
    private List<Fault> set(Trouble trouble, int calls) {
        List<Fault> faults = new ArrayList<>();
        Fault first = this.work.github.faults().on(request -> true).after(calls);
        faults.add(first);
        switch (trouble) {
            case REQUEST_LOST -> first.dropRequest();
            case ANSWER_LOST -> first.dropResponse();
            case DEAD_BEFORE -> first.always().dropRequest();
            case DEAD_AFTER -> {
                first.dropResponse();
                Fault rest = this.work.github.faults().on(request -> true).after(calls + 1);
                rest.always().dropRequest();
                faults.add(rest);
            }
        }
        return faults;
    }

    private static String attempt(Runnable work) {
        try {
            work.run();
            return "";
        } catch (RuntimeException ex) {
            return String.valueOf(ex.getMessage());
        }
    }

    private void assertUndone(Way way, String where) {
        assertThat(this.work.shop.file("main", "new.txt")).as(where).isEmpty();
        assertThat(this.work.shop.file("main", "a.txt")).as(where).contains("1\n2\n3\n");
        assertThat(this.work.branches().keySet()).as(where).isEqualTo(Set.of("refs/heads/main", "refs/heads/feature"));
        long reverts = Descent.between(
                        this.work.git(),
                        this.work
                                .git()
                                .commit(this.work.head("feature"))
                                .parents()
                                .get(0),
                        this.work.head("main"))
                .since()
                .stream()
                .filter(commit -> commit.message().contains("Enact-Undo: "))
                .count();
        assertThat(reverts).as(where).isLessThanOrEqualTo(way == Way.RESET ? 0 : 1);
    }
}
