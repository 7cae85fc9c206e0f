package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.connector.filesystem.git.GitProject;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.Restoration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Repositories that somebody made up to harm who reads them: nothing is lost, nothing runs, nobody waits. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRepositoryTests extends HookUndoFixture {

    private GitProject git;

    private String content;

    HostileRepositoryTests(
            @LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @BeforeEach
    void openRepository() throws Exception {
        this.git = GitProject.in(this.project);
        this.git.fill("src", 3, 500);
        this.git.commit();
        this.content = Files.readString(this.project.resolve("src/1.txt"));
    }

    /** What is done to a repository before a call. */
    enum Before {
        PIPE_AS_REPOSITORY(git -> {
            moved(git.git());
            pipe(git.git());
        }),
        LINK_AS_REPOSITORY(git -> Files.createSymbolicLink(git.git(), moved(git.git()))),
        REPOSITORY_OUTSIDE_OF_THE_ROOT(git -> {
            Path outside = Files.createTempDirectory(DIRECTORY, "outside").resolve("git");
            Files.move(git.git(), outside);
            Files.writeString(git.git(), "gitdir: " + outside + "\n");
        }),
        REPOSITORY_ON_A_DEVICE(git -> {
            moved(git.git());
            Files.writeString(git.git(), "gitdir: /dev/zero\n");
        }),
        ENDLESS_FILE_AS_REPOSITORY(git -> {
            moved(git.git());
            Files.writeString(git.git(), "gitdir: " + "a".repeat(1_000_000));
        }),
        NUL_IN_THE_PLACE(git -> {
            moved(git.git());
            Files.writeString(git.git(), "gitdir: a\0b");
        }),
        PIPE_AS_HEAD(git -> pipe(deleted(git.git().resolve("HEAD")))),
        DEVICE_AS_HEAD(git -> Files.createSymbolicLink(deleted(git.git().resolve("HEAD")), Path.of("/dev/zero"))),
        HEAD_THAT_LEADS_OUT(git -> {
            Path main = git.git().resolve("refs/heads/main");
            Files.copy(main, git.git().resolveSibling("evil"));
            Files.writeString(git.git().resolve("HEAD"), "ref: refs/heads/../../../evil\n");
        }),
        HEAD_OF_ANOTHER_FORMAT(git -> Files.writeString(git.git().resolve("HEAD"), "a".repeat(64) + "\n")),
        PIPE_AS_BRANCHES(git -> {
            deleted(git.git().resolve("refs/heads/main"));
            pipe(git.git().resolve("packed-refs"));
        }),
        ONE_ENDLESS_BRANCH(git -> {
            deleted(git.git().resolve("refs/heads/main"));
            Files.writeString(git.git().resolve("packed-refs"), "a".repeat(5_000_000));
        }),
        LINK_AS_OBJECTS(git -> {
            Path objects = git.git().resolve("objects");
            Files.createSymbolicLink(objects, moved(objects));
        }),
        OBJECTS_OF_SOMEBODY_ELSE(git -> {
            Path borrowed = moved(git.git().resolve("objects"));
            Files.createDirectories(git.git().resolve("objects/info"));
            Files.writeString(git.git().resolve("objects/info/alternates"), borrowed + "\n");
        }),
        OBJECTS_THAT_WERE_NEVER_FETCHED(git -> {
            Files.writeString(
                    git.git().resolve("config"),
                    "[remote \"origin\"]\n\turl = https://192.0.2.1/x.git\n\tpromisor = true\n"
                            + "\tpartialclonefilter = blob:none\n");
            for (int i = 0; i < 3; i++) {
                deleted(git.object(git.read("src/" + i + ".txt")));
            }
        }),
        PIPES_AS_OBJECTS(git -> {
            for (int i = 0; i < 3; i++) {
                pipe(deleted(git.object(git.read("src/" + i + ".txt"))));
            }
        }),
        OTHER_CONTENT_AS_LONG(git -> git.replace("src", content -> LooseForm.of("blob", "y".repeat(content.length())))),
        MORE_CONTENT_THAN_IT_SAYS(git ->
                git.replace("src", content -> LooseForm.raw("blob " + content.length() + "\0" + content + "more"))),
        LESS_CONTENT_THAN_IT_SAYS(git ->
                git.replace("src", content -> LooseForm.raw("blob " + content.length() + "\0" + content.substring(9)))),
        GARBAGE_AS_OBJECTS(git -> git.replace("src", content -> content.getBytes(StandardCharsets.UTF_8))),
        HEADER_WITHOUT_AN_END(git -> git.replace("src", content -> LooseForm.raw("blob ".repeat(1000)))),
        ABSURD_LENGTH(git -> git.replace("src", content -> LooseForm.raw("blob 99999999999999999999\0x"))),
        COMMIT_WITHOUT_AN_END(git -> overwrite(git.objectNamed(git.head()), LooseForm.raw("commit 999999999999\0"))),
        COMMIT_THAT_IS_NONE(git -> overwrite(git.objectNamed(git.head()), LooseForm.of("commit", "tree ../../x\n"))),
        TREE_OF_NAMES_THAT_LEAD_OUT(git -> overwrite(
                git.objectNamed(git.tree()),
                LooseForm.of("tree", "40000 ..\0" + "a".repeat(20) + "100644 \0" + "b".repeat(20)))),
        TREE_THAT_ENDS_IN_A_NAME(git -> overwrite(git.objectNamed(git.tree()), LooseForm.of("tree", "40000 src"))),
        PACKS_OF_GARBAGE(git -> {
            git.pack();
            overwrite(git.packed(".pack"), new byte[5000]);
        }),
        PIPE_AS_PACK(git -> {
            git.pack();
            pipe(deleted(git.packed(".pack")));
        }),
        INDEX_OF_ABSURD_LENGTHS(git -> {
            git.pack();
            Path index = git.packed(".idx");
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(index));
            for (int i = 0; i < 256; i++) {
                bytes.putInt(8 + i * 4, -1 - (255 - i));
            }
            overwrite(index, bytes.array());
        }),
        INDEX_THAT_POINTS_NOWHERE(git -> {
            git.pack();
            Path index = git.packed(".idx");
            byte[] bytes = Files.readAllBytes(index);
            Arrays.fill(bytes, 8 + 1024, bytes.length, (byte) -1);
            overwrite(index, bytes);
        });

        private final Deed deed;

        Before(Deed deed) {
            this.deed = deed;
        }
    }

    /** What is done to a repository after a call, in which only one object matters. */
    enum After {
        PIPE((object, bytes) -> pipe(deleted(object))),
        DEVICE((object, bytes) -> Files.createSymbolicLink(deleted(object), Path.of("/dev/zero"))),
        TRUNCATED((object, bytes) -> overwrite(object, Arrays.copyOf(bytes, bytes.length - 20))),
        EMPTY((object, bytes) -> overwrite(object, new byte[0])),
        ENDLESS((object, bytes) -> overwrite(object, LooseForm.raw("blob 500\0" + "z".repeat(5_000_000)))),
        DIRECTORY_IN_ITS_PLACE((object, bytes) -> Files.createDirectory(deleted(object))),
        LINK_TO_ITS_SHARD((object, bytes) -> {
            Path shard = object.getParent();
            Files.createSymbolicLink(shard, moved(shard));
        }),
        PIPE_AS_REPOSITORY((object, bytes) -> {
            Path git = object.getParent().getParent().getParent();
            moved(git);
            pipe(git);
        });

        private final LaterDeed deed;

        After(LaterDeed deed) {
            this.deed = deed;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotPlainIsCopied(Before before) throws Exception {
        Map<String, String> files = tree("src");
        before.deed.to(this.git);

        this.agent.runs("rm -rf src");
        assertThat(this.project.resolve("src")).doesNotExist();
        for (Path path : List.of(this.git.git(), this.project.resolve(".git-moved"))) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                remove(path);
            }
        }
        rollback();

        assertThat(tree("src")).isEqualTo(files);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAlteredSinceIsAConflict(After after) throws Exception {
        this.agent.runs("rm -rf src");
        Path object = this.git.object(this.content);
        after.deed.to(object, Files.readAllBytes(object));

        RollbackReport report = rollback();

        assertThat(report.result()).isIn(RollbackResult.REFUSED, RollbackResult.PARTIAL);
        assertThat(report.steps()).anySatisfy(step -> {
            assertThat(step.restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(step.detail()).contains("Bring it back there");
        });
        assertThat(this.project.resolve("src")).doesNotExist();
    }

    @Test
    void settingsAreNotReadAndNothingTheyNameRuns() throws Exception {
        Path marker = this.project.resolve("it-ran");
        String run = "touch " + marker;
        Files.writeString(
                this.git.git().resolve("config"),
                "[core]\n\tfsmonitor = " + run + "\n\thooksPath = .\n\tpager = " + run
                        + "\n\tgitProxy = " + run + "\n\tsshCommand = " + run + "\n[filter \"x\"]\n\tclean = " + run
                        + "\n\tsmudge = " + run + "\n\trequired = true\n[include]\n\tpath = /dev/zero\n");
        Files.writeString(this.project.resolve(".gitattributes"), "* filter=x\n");
        pipe(deleted(this.git.git().resolve("index")));

        this.agent.runs("rm -rf src");
        rollback();

        assertThat(this.project.resolve("src/1.txt")).hasContent(this.content);
        assertThat(isCopied(this.content)).isFalse();
        assertThat(marker).doesNotExist();
    }

    @Test
    void aFurtherWorkTreeIsReadWhereItsRepositoryIs() throws Exception {
        Path tree = Files.createTempDirectory(DIRECTORY.resolve("projects"), "tree");
        Path own = Files.createDirectories(this.git.git().resolve("worktrees/tree"));
        Files.writeString(tree.resolve(".git"), "gitdir: " + own + "\n");
        Files.writeString(own.resolve("HEAD"), this.git.head() + "\n");
        Files.writeString(own.resolve("commondir"), "../..\n");
        Path copy = Files.createDirectories(tree.resolve("src")).resolve("1.txt");
        Files.writeString(copy, this.content);

        AgentSession there = new AgentSession(this.port, tree);
        there.runs("rm -rf src");
        this.agent = there;
        rollback();

        assertThat(copy).hasContent(this.content);
        assertThat(isCopied(this.content)).isFalse();
    }

    private static Path moved(Path path) throws IOException {
        return Files.move(path, path.resolveSibling(path.getFileName() + "-moved"));
    }

    private static Path deleted(Path path) throws IOException {
        Files.delete(path);
        return path;
    }

    private static void overwrite(Path file, byte[] content) throws IOException {
        Files.write(deleted(file), content);
    }

    private static void pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    /** Something done to a repository. */
    @FunctionalInterface
    interface Deed {

        void to(GitProject git) throws Exception;
    }

    /** Something done to an object that was what it should be. */
    @FunctionalInterface
    interface LaterDeed {

        void to(Path object, byte[] bytes) throws Exception;
    }
}
