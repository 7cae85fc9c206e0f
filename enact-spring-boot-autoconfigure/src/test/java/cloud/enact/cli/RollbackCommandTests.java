package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RollbackCommandTests extends CliFixture {

    @Test
    void filesComeBackWithoutTheApplication() throws Exception {
        RunId run;
        Path kept;
        try (Workshop workshop = workshop()) {
            kept = workshop.root.resolve("project");
            Files.createDirectories(kept.resolve("src"));
            Files.writeString(kept.resolve("src").resolve("a.txt"), "precious");
            run = workshop.does(files -> {
                files.deleteDir("project");
                files.writeFile("notes.txt", "all tidy now");
            });
        }

        Result preview = enact("rollback", "preview", run);
        boolean untouched = Files.notExists(kept);
        Result rollback = enact("rollback", "run", run, "--reason", "not that directory");
        Result again = enact("rollback", "run", run, "--reason", "to be sure", "--json");

        assertThat(preview.status()).isZero();
        assertThat(preview.out()).contains("RESTORED", "would be rolled back");
        assertThat(untouched).isTrue();
        assertThat(rollback.status()).isZero();
        assertThat(rollback.out()).contains("ROLLED_BACK: Run " + run + " is rolled back: 2 restored");
        assertThat(kept.resolve("src").resolve("a.txt")).hasContent("precious");
        assertThat(kept.resolveSibling("notes.txt")).doesNotExist();
        assertThat(again.status()).isZero();
        assertThat(again.json().get("repeated").asBoolean()).isTrue();
        assertThat(enact("receipts", "verify").status()).isZero();
        assertThat(enact("receipts", "list", "--kind", "ROLLED_BACK").out().lines())
                .singleElement()
                .asString()
                .contains(System.getProperty("user.name"));
        assertThat(enact("receipts", "show", run).out()).contains("rollback  ROLLED_BACK");
    }

    @Test
    void aPreviewMakesAndChangesNothing() throws Exception {
        RunId run;
        try (Workshop workshop = workshop()) {
            Files.writeString(workshop.root.resolve("note.txt"), "old");
            run = workshop.does(files -> files.writeFile("note.txt", "new"));
        }
        Path elsewhere = this.folder.resolve("not-there");
        Map<String, String> before = tree();

        Result preview = enact("rollback", "preview", run);
        Result without = enact("rollback", "preview", run, "--undo-dir", elsewhere);

        assertThat(preview.out()).contains("RESTORED");
        assertThat(without.err()).isEmpty();
        assertThat(tree()).isEqualTo(before);
    }

    /** Every file and directory with what it holds; but for the files SQLite shares among its readers. */
    private Map<String, String> tree() throws Exception {
        Map<String, String> found = new HashMap<>();
        try (Stream<Path> paths = Files.walk(this.folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String content = Files.isDirectory(path)
                        ? Files.getPosixFilePermissions(path).toString()
                        : Base64.getEncoder().encodeToString(Files.readAllBytes(path));
                found.put(this.folder.relativize(path).toString(), content);
            }
        }
        found.keySet().removeIf(name -> name.endsWith("-wal") || name.endsWith("-shm"));
        return found;
    }

    @Test
    void laterWorkIsKeptUnlessItIsForced() throws Exception {
        RunId run;
        Path note;
        try (Workshop workshop = workshop()) {
            note = Files.writeString(workshop.root.resolve("note.txt"), "old");
            run = workshop.does(files -> files.writeFile("note.txt", "new"));
        }
        Files.writeString(note, "of somebody else");

        Result refused = enact("rollback", "run", run, "--reason", "wrong");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("CONFLICT", "REFUSED");
        assertThat(note).hasContent("of somebody else");

        Result forced = enact("rollback", "run", run, "--reason", "wrong", "--force", "1");

        assertThat(forced.status()).isZero();
        assertThat(note).hasContent("old");
    }

    @Test
    void selectedStepsAreUndoneAndARollbackIsTakenBack() throws Exception {
        RunId run;
        Path root;
        try (Workshop workshop = workshop()) {
            root = workshop.root;
            run = workshop.does(files -> {
                files.writeFile("a.txt", "a");
                files.writeFile("b.txt", "b");
                files.writeFile("a.txt", "aa");
            });
        }

        Result refused = enact("rollback", "run", run, "--reason", "only the first", "--only", "1");
        Result preview = enact("rollback", "preview", run, "--only", "1,3");
        Result undone = enact("rollback", "run", run, "--reason", "a only", "--only", "1,3", "--json");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("REFUSED", "Undo these, too: 3");
        assertThat(preview.out()).contains("2 restored, 1 left out");
        assertThat(root.resolve("a.txt")).doesNotExist();
        assertThat(root.resolve("b.txt")).hasContent("b");

        String rollback = undone.json().get("rollback_run_id").asString();
        Result redone = enact("rollback", "run", rollback, "--reason", "they need it");

        assertThat(redone.out()).contains("2 restored", "can be rolled back itself");
        assertThat(root.resolve("a.txt")).hasContent("aa");
        assertThat(enact("rollback", "run", run, "--reason", "all of it").status())
                .isZero();
        assertThat(root.resolve("a.txt")).doesNotExist();
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    void aRunningApplicationKeepsItsLogAndItsActionsInFlight() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId done = workshop.does(files -> files.writeFile("a.txt", "a"));
            RunId running = workshop.run();
            workshop.begins(running, files -> files.writeFile("b.txt", "b"));

            Result preview = enact("rollback", "preview", running);
            Result rollback = enact("rollback", "run", done, "--reason", "wrong");
            Result refused = enact("rollback", "run", running, "--reason", "wrong");

            assertThat(rollback.out()).contains("ROLLED_BACK");
            assertThat(workshop.root.resolve("a.txt")).doesNotExist();
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.out()).contains("REFUSED", "still running", workshop.log());
            assertThat(preview.status()).isEqualTo(1);
            assertThat(preview.out()).contains("REFUSED", "still running", workshop.log());
            assertThat(workshop.root.resolve("b.txt")).hasContent("b");
            assertThat(enact("receipts", "list", "--kind", "ROLLED_BACK", "--json")
                            .json()
                            .get("receipts"))
                    .allSatisfy(
                            receipt -> assertThat(receipt.get("log").asString()).isNotEqualTo(workshop.log()));
        }
    }

    @Test
    void aRunThatIsHiddenFromTheSearchIsRefusedRatherThanUnknown() throws Exception {
        RunId run;
        Path root;
        try (Workshop workshop = workshop()) {
            root = workshop.root;
            run = workshop.does(files -> files.writeFile("a.txt", "a"));
        }
        tamper(
                "DROP TRIGGER receipt_entry_no_update",
                "UPDATE receipt_entry SET run_id = '01890a5d-ac96-774b-bcce-b302099a8057'");

        Result preview = enact("rollback", "preview", run);
        Result rollback = enact("rollback", "run", run, "--reason", "wrong");

        assertThat(preview.out()).contains("REFUSED", "can't be trusted");
        assertThat(rollback.status()).isEqualTo(1);
        assertThat(rollback.out()).contains("REFUSED", "can't be trusted");
        assertThat(root.resolve("a.txt")).hasContent("a");
    }

    @Test
    void anActionHiddenFromTheSearchIsStillSeenToRun() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId running = workshop.run();
            workshop.begins(running, files -> files.writeFile("b.txt", "b"));
            tamper("DROP TRIGGER receipt_entry_no_update", "UPDATE receipt_entry SET kind = 'COMPLETED'");

            assertThat(enact("rollback", "run", running, "--reason", "wrong").out())
                    .contains("REFUSED");
            assertThat(workshop.root.resolve("b.txt")).hasContent("b");
        }
    }

    @Test
    void aTypingErrorLeasesNothingAndTouchesNothing() throws Exception {
        workshop().close();
        Map<String, String> before = tree();

        assertThat(enact("rollback", "run", "01890a5d-ac96-774b-bcce-b302099a8057", "--reason", "wrong")
                        .status())
                .isEqualTo(1);

        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void whatACrashLeftInDoubtIsUndone() throws Exception {
        RunId run;
        Path root;
        try (Workshop workshop = workshop()) {
            root = workshop.root;
            run = workshop.run();
            workshop.begins(run, files -> files.writeFile("b.txt", "b"));
        }

        assertThat(enact("rollback", "run", run, "--reason", "crashed").status())
                .isZero();
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsGoneIsNamed() throws Exception {
        RunId run;
        Path root;
        try (Workshop workshop = workshop()) {
            root = workshop.root;
            run = workshop.does(files -> files.writeFile("a.txt", "a"));
        }
        Files.move(root, root.resolveSibling("elsewhere"));

        Result result = enact("rollback", "run", run, "--reason", "wrong");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(root.toString(), "can't be opened");
    }
}
