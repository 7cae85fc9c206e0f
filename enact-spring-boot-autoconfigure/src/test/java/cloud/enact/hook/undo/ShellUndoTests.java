package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.Restoration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Files that command lines of an agent delete, move and write over. */
class ShellUndoTests extends HookUndoFixture {

    ShellUndoTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @BeforeEach
    void fill() throws IOException {
        write("src/main/App.java", "class App {}");
        write("src/main/Tool.java", "class Tool {}");
        write("src/a b'c.txt", "odd");
        write("notes.md", "notes");
        write("other.md", "other");
        Files.createSymbolicLink(this.project.resolve("latest"), Path.of("notes.md"));
        Files.createSymbolicLink(this.project.resolve("current"), Path.of("src"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf src && rm *.md",
                "rm -f src/main/*.{java,class} latest",
                "cd src && rm -r main && cd .. && echo done",
                "mv notes.md other.md && mv src/main renamed",
                "mv notes.md src && cp other.md src/",
                "mv notes.md latest",
                "cp -r src copy && echo new > latest",
                "echo more >> notes.md; sed -i 's/other/changed/' other.md",
                "echo x | tee notes.md new.md > /dev/null; truncate -s 0 other.md",
                "mkdir -p new/deep && touch new/deep/file && ln -sf other.md latest",
                "find src -name '*.java' -delete",
                "bash -c 'rm -rf src/main'; rm \"src/a b'c.txt\"",
                "rm -rf src && mkdir src && echo x > src/y",
                "rm -rf src/main && mkdir -p src/main && echo x > src/main/App.java",
                "false; rm notes.md; exit 3",
                "find . -name '*.java' -exec rm {} +",
                "find src -iname '*.JAVA' -print0 | xargs -0 rm -f",
                "find . -name main -exec rm -rf {} +",
                "find . -type f -exec sed -i 's/o/0/' {} +",
                "ln -sfn src/main current",
                "ln -sfT src/main current",
                "cp --remove-destination other.md latest",
                "sed -i s/o/0/ latest",
                "sed -i.bak s/o/0/ notes.md && perl -pi.orig -e s/o/0/ other.md",
                "gzip notes.md && gzip -f other.md && gunzip other.md.gz && rm other.md",
                "sort -o notes.md other.md && sort other.md --output=new.md"
            })
    void whatACommandTookAwayComesBack(String command) throws Exception {
        Map<String, String> before = tree();

        this.agent.runs(command);
        assertThat(tree()).as("it does something").isNotEqualTo(before);
        RollbackReport report = rollback();

        assertThat(tree()).isEqualTo(before);
        assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(step -> step.restoration())
                .isSubsetOf(Restoration.RESTORED, Restoration.ALREADY_RESTORED, Restoration.IRREVERSIBLE);
    }

    @Test
    void callsThatBuildOnEachOtherComeBackTogether() throws Exception {
        Map<String, String> before = tree();
        this.agent.runs("rm -rf src/main");
        this.agent.runs("mkdir -p src/main && echo 'class New {}' > src/main/App.java");
        Path app = this.project.resolve("src/main/App.java");
        this.agent.does("Edit", edit(app, "New", "Newer"), () -> Files.writeString(app, "class Newer {}\n"));
        this.agent.runs("mv src sources");
        this.agent.runs("rm -rf sources notes.md");

        rollback();

        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void laterWorkInADirectoryThatWasReplacedIsAConflict() throws Exception {
        this.agent.runs("rm -rf src && mkdir src && echo x > src/y");
        write("src/z", "by a person");

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.project.resolve("src/z")).hasContent("by a person");
        assertThat(this.project.resolve("src/y")).exists();
    }

    @Test
    void laterWorkInADirectoryThatCameAnewIsAConflict() throws Exception {
        this.agent.runs("rm -rf src");
        write("src/main/App.java", "by a person");

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.project.resolve("src/main/App.java")).hasContent("by a person");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rm -rf $BUILD                     | known only when the command runs",
                "rm -rf ~/old                      | known only when the command runs",
                "echo x > ../../outside-of-it.txt  | outside of the directories",
                "git clean -fdx                    | what nobody committed",
                "git reset --hard                  | what nobody committed",
                "tar -xf a.tar -C src; rm -rf many | more than 20 files",
                "rm -r ..                          | the whole directory",
                "cp -r src/. copy-of-it/           | ",
                "find . -size 0 -exec rm {} +      | known only when the command runs",
                "fd '\\.md$' -x rm                  | known only when the command runs",
                "unzip -o a.zip                    | only when it runs which files",
                "tar -xzf a.tgz                    | only when it runs which files",
                "patch -p1 < a.diff                | only when it runs which files",
                "git apply a.diff                  | only when it runs which files",
                "git stash                         | only when it runs which files",
            })
    void whatIsNotCoveredStandsInTheReceipt(String command, String why) throws Exception {
        for (int i = 0; i < 30; i++) {
            write("many/" + i, "x");
        }
        assertThat(this.agent.asks("c1", "Bash", Map.of("command", command))).isEqualTo("none");
        this.agent.tells("c1", "Bash", Map.of("command", command));

        assertThat(this.agent
                        .receipts(this.store)
                        .get(0)
                        .fields()
                        .get("actions_taken")
                        .toString())
                .contains("whatever else the command does")
                .contains((why != null) ? why : "");
        assertThat(rollback().steps()).extracting(step -> step.restoration()).contains(Restoration.IRREVERSIBLE);
    }

    @Test
    void aFileWhoseNameNobodyCanWriteDownIsNotCoveredAndTheReceiptSaysSo() throws Exception {
        String odd = "printf x > $'\\xff.bin'";
        assertThat(new ProcessBuilder("bash", "-c", odd)
                        .directory(this.project.toFile())
                        .start()
                        .waitFor())
                .isZero();
        this.agent.runs("rm *.bin");

        assertThat(this.agent
                        .receipts(this.store)
                        .get(0)
                        .fields()
                        .get("actions_taken")
                        .toString())
                .contains("its name can't be written down");
        assertThat(rollback().result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
    }

    /** Names and contents of all files, and where links lead. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(this.project)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = this.project.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    tree.put(name, "-> " + Files.readSymbolicLink(path));
                } else {
                    tree.put(
                            name,
                            Files.isDirectory(path)
                                    ? "directory"
                                    : Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return tree;
    }
}
