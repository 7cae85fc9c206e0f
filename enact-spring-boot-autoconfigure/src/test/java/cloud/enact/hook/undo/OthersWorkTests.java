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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What somebody else writes while a call of an agent is open is not taken for the agent's work. */
class OthersWorkTests extends HookUndoFixture {

    OthersWorkTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @Test
    void whatSomebodyWroteIntoAFileThatIsEditedIsAConflict() throws IOException {
        Path file = write("a.txt", "one\ntwo\n");
        Map<String, Object> edit = edit(file, "one", "1");
        asks("Edit", edit);
        Files.writeString(file, "one\ntwo\nby a person\n");
        Files.writeString(file, "1\ntwo\nby a person\n");
        this.agent.tells("c1", "Edit", edit, Map.of("originalFile", "one\ntwo\nby a person\n"));

        conflict(file, "1\ntwo\nby a person\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "before", "left", "number"})
    void whatTheAnswerOfAToolSaysDoesNotMakeItTheAgents(String told) throws IOException {
        Path file = write("a.txt", "one\ntwo\n");
        Map<String, Object> edit = edit(file, "one", "1");
        asks("Edit", edit);
        String left = "1\ntwo\nby a person\n";
        Files.writeString(file, left);
        Map<String, Object> response = new LinkedHashMap<>();
        switch (told) {
            case "before" -> response.put("originalFile", "one\ntwo\n");
            case "left" -> {
                response.put("originalFile", left);
                response.put("content", left);
                response.put("newString", left);
                response.put("userModified", true);
            }
            case "number" -> response.put("originalFile", 7);
            default -> {}
        }
        this.agent.tells("c1", "Edit", edit, response);

        conflict(file, left);
    }

    /** Two small texts, the product of which is no text any more. */
    @Test
    void anEditThatWouldTakeAllMemoryIsNotFollowed() throws IOException {
        Path file = write("a.txt", "a".repeat(50_000));
        Map<String, Object> edit = new LinkedHashMap<>(edit(file, "a", "b".repeat(45_000)));
        edit.put("replace_all", true);
        asks("Edit", edit);
        Files.writeString(file, "by a person");
        this.agent.tells("c1", "Edit", edit);

        conflict(file, "by a person");
    }

    /** Each of many edits reads the whole file again. */
    @ParameterizedTest
    @CsvSource({"20, RESTORED", "5000, CONFLICT"})
    void soManyEditsAreFollowedAndNoMore(int edits, Restoration restoration) throws IOException {
        String rest = "a".repeat(60_000);
        Path file = write("a.txt", "<0>" + rest);
        List<Map<String, String>> all = new ArrayList<>();
        for (int i = 0; i < edits; i++) {
            all.add(Map.of("old_string", "<" + i + ">", "new_string", "<" + (i + 1) + ">"));
        }
        Map<String, Object> edit = Map.of("file_path", file.toString(), "edits", all);

        this.agent.does("MultiEdit", edit, () -> Files.writeString(file, "<" + edits + ">" + rest));

        assertThat(rollback().steps()).extracting(step -> step.restoration()).contains(restoration);
    }

    @Test
    void whatSomebodyWroteBehindAFileThatIsWrittenIsAConflict() throws IOException {
        Path file = write("a.txt", "before");
        asks("Write", file("a.txt"));
        Files.writeString(file, "xby a person");
        this.agent.tells("c1", "Write", file("a.txt"), Map.of("originalFile", "before", "content", "xby a person"));

        conflict(file, "xby a person");
    }

    @Test
    void whatSomebodyWroteBeforeAFileIsWrittenOverIsAConflict() throws IOException {
        Path file = write("a.txt", "before");
        asks("Write", file("a.txt"));
        Files.writeString(file, "x");
        this.agent.tells("c1", "Write", file("a.txt"), Map.of("originalFile", "by a person"));

        conflict(file, "x");
    }

    @Test
    void aFileThatSomebodyMadeWhileItIsWrittenIsAConflict() throws IOException {
        Path file = this.project.resolve("new.txt");
        asks("Write", file("new.txt"));
        Files.writeString(file, "by a person");
        this.agent.tells("c1", "Write", file("new.txt"));

        conflict(file, "by a person");
    }

    @Test
    void aCallThatFailsBecauseSomebodyWroteIsAConflict() throws IOException {
        Path file = write("a.txt", "one");
        asks("Edit", edit(file, "one", "1"));
        Files.writeString(file, "by a person");
        this.agent.failed("c1", "Edit", edit(file, "one", "1"));

        conflict(file, "by a person");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Write", "Bash"})
    void aCallThatWasNotMadeHasLeftNothing(String tool) throws IOException {
        Path file = write("a.txt", "before");
        Map<String, ?> input = tool.equals("Bash") ? Map.of("command", "rm a.txt") : file("a.txt");
        asks(tool, input);
        Files.writeString(file, "by a person");
        this.agent.refused("c1", tool, input);

        conflict(file, "by a person");
    }

    @Test
    void aNotebookInWhichSomebodyWroteAnotherCellIsAConflict() throws IOException {
        String notebook =
                "{\"cells\": [{\"id\": \"a\", \"cell_type\": \"code\", \"source\": [\"%s\"], \"outputs\": []},"
                        + " {\"id\": \"b\", \"cell_type\": \"code\", \"source\": \"%s\", \"outputs\": []}], \"nbformat\": 4}";
        Path file = write("a.ipynb", notebook.formatted("one", "two"));
        Map<String, Object> input =
                Map.of("notebook_path", file.toString(), "cell_id", "a", "new_source", "1", "edit_mode", "replace");
        asks("NotebookEdit", input);
        Files.writeString(file, notebook.formatted("1", "by a person"));
        this.agent.tells("c1", "NotebookEdit", input);

        conflict(file, notebook.formatted("1", "by a person"));
    }

    @Test
    void whatIsWrittenLaterThanItIsToldIsNotTakenForNothing() throws IOException {
        Path held = write("held.txt", "before");
        this.agent.asks("c1", "Write", file("held.txt"));
        this.agent.tells("c1", "Write", file("held.txt"), Map.of("staged", true));
        Path log = write("app.log", "before");
        Map<String, Object> background = Map.of("command", "sleep 9; rm app.log", "run_in_background", true);
        this.agent.asks("c2", "Bash", background);
        this.agent.tells("c2", "Bash", background);
        Path slow = write("slow.log", "before");
        Map<String, Object> timeout = Map.of("command", "sleep 9; rm slow.log");
        this.agent.asks("c3", "Bash", timeout);
        this.agent.tells("c3", "Bash", timeout, Map.of("backgroundTaskId", "b1"));
        Path own = write("own.log", "before");
        Map<String, Object> ampersand = Map.of("command", "(sleep 9; rm own.log) &");
        this.agent.asks("c4", "Bash", ampersand);
        this.agent.tells("c4", "Bash", ampersand);

        Files.writeString(held, "x");
        Files.delete(log);
        Files.delete(slow);
        Files.delete(own);

        assertThat(rollback().steps())
                .filteredOn(step -> step.restoration() != Restoration.IRREVERSIBLE)
                .extracting(step -> step.restoration())
                .containsExactly(
                        Restoration.CONFLICT, Restoration.CONFLICT, Restoration.CONFLICT, Restoration.CONFLICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // before       | old  | new | all   | left
                "one\\r\\ntwo\\r\\n | one  | 1   | false | 1\\r\\ntwo\\r\\n",
                "one\\r\\ntwo\\n     | one\\ntwo | 1\\n2 | false | 1\\r\\n2\\r\\n",
                "a b a         | a    | c   | true  | c b c",
                "one\\ntwo\\n     | one  | ''  | false | two\\n",
                "one\\ntwo\\n     | one  | ''  | false | \\ntwo\\n",
                "''            | ''   | x   | false | x",
                "\uFEFFone     | one  | 1   | false | \uFEFF1",
            })
    void whatAnEditMakesOfAFileIsTheAgents(String before, String old, String now, boolean all, String left)
            throws IOException {
        Path file = write("a.txt", before.translateEscapes());
        Map<String, Object> edit = new LinkedHashMap<>(edit(file, old.translateEscapes(), now.translateEscapes()));
        edit.put("replace_all", all);
        asks("Edit", edit);
        Files.writeString(file, left.translateEscapes());
        String seen = before.translateEscapes().replace("\r\n", "\n");
        this.agent.tells("c1", "Edit", edit, Map.of("originalFile", seen));

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(Files.readString(file)).isEqualTo(before.translateEscapes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\"',
            value = {
                "replace | [{'id': 'a', 'source': ['x'], 'outputs': []}, {'id': 'b', 'source': 'two'}]",
                "insert  | [{'id': 'a', 'source': 'one'}, {'cell_type': 'code', 'source': 'x'}, {'id': 'b', 'source': 'two'}]",
                "delete  | [{'id': 'b', 'source': 'two'}]",
            })
    void whatAToolMakesOfANotebookIsTheAgents(String mode, String left) throws IOException {
        String before = "{\"cells\": [{\"id\": \"a\", \"source\": \"one\"}, {\"id\": \"b\", \"source\": \"two\"}],"
                + " \"metadata\": {\"of\": [1.0, 0.10, 1e2]}}";
        Path file = write("a.ipynb", before);
        Map<String, Object> input =
                Map.of("notebook_path", file.toString(), "cell_id", "a", "new_source", "x", "edit_mode", mode);
        asks("NotebookEdit", input);
        // numbers are written anew as well
        Files.writeString(file, "{\"metadata\": {\"of\": [1, 0.1, 100]}, \"cells\": " + left.replace('\'', '"') + "}");
        this.agent.tells("c1", "NotebookEdit", input, Map.of("original_file", before));

        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent(before);
    }

    private void asks(String tool, Map<String, ?> input) {
        assertThat(this.agent.asks("c1", tool, input)).as(this.agent.reason()).isEqualTo("none");
    }

    private void conflict(Path file, String content) throws IOException {
        RollbackReport report = rollback();
        assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.steps())
                .extracting(step -> step.restoration())
                .contains(Restoration.CONFLICT)
                .isSubsetOf(List.of(Restoration.CONFLICT, Restoration.IRREVERSIBLE));
        assertThat(file).hasContent(content);
    }
}
