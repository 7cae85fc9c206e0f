package cloud.enact.doubles.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHBranch;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHCompare;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHTree;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.HttpException;

/** The git side of the double, as GitHub's Java client sees it. */
class GitDataTests {

    private GitHubDouble github;

    private HostedRepository shop;

    private GHRepository client;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        this.github = GitHubDouble.start(directory);
        this.shop = this.github.create("acme", "shop");
        this.client = client(this.github.token()).getRepository("acme/shop");
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    @Test
    void aRequestWithoutTheTokenIsRefused() {
        assertThatThrownBy(() -> client("wrong").getRepository("acme/shop"))
                .isInstanceOfSatisfying(
                        HttpException.class,
                        e -> assertThat(e.getResponseCode()).isEqualTo(401));
    }

    @Test
    void theClientSeesTheRepositoryAndItsRights() throws Exception {
        assertThat(this.client.getDefaultBranch()).isEqualTo("main");
        assertThat(this.client.hasPushAccess()).isTrue();
        assertThat(this.client.getNodeId()).isNotEmpty();
        assertThat(client(this.github.token()).getMyself().getLogin()).isEqualTo("enact-bot");
    }

    @Test
    void aCommitMadeThroughTheApiIsARealOneAndItsIdIsItsContent() throws Exception {
        String head = this.shop.head("main").orElseThrow();
        Date when = Date.from(Instant.parse("2026-01-02T03:04:05Z"));

        String blob = this.client.createBlob().textContent("hello\n").create().getSha();
        GHTree tree = this.client
                .createTree()
                .baseTree(this.client.getCommit(head).getTree().getSha())
                .add("docs/hello.txt", "hello\n", false)
                .shaEntry("copy.txt", blob, false)
                .delete("README.md")
                .create();
        String[] twice = new String[2];
        for (int i = 0; i < 2; i++) {
            twice[i] = this.client
                    .createCommit()
                    .message("Say hello")
                    .tree(tree.getSha())
                    .parent(head)
                    .author("A", "a@example.com", when)
                    .committer("A", "a@example.com", when)
                    .create()
                    .getSHA1();
        }
        this.client.createRef("refs/heads/feature", twice[0]);

        assertThat(twice[1]).isEqualTo(twice[0]);
        assertThat(this.shop.head("feature")).contains(twice[0]);
        assertThat(this.shop.file("feature", "docs/hello.txt")).contains("hello\n");
        assertThat(this.shop.file("feature", "copy.txt")).contains("hello\n");
        assertThat(this.shop.file("feature", "README.md")).isEmpty();
        assertThat(this.client.getFileContent("docs/hello.txt", "feature").read())
                .hasContent("hello\n");
        assertThat(Git.in(this.shop).run("fsck", "--strict")).isEmpty();
        assertThat(Git.in(this.shop).run("log", "-1", "--format=%aI %s", "feature"))
                .isEqualTo("2026-01-02T03:04:05+00:00 Say hello");
    }

    @Test
    void aPathInsideTheGitFolderIsRefused() {
        for (String path : new String[] {".git/config", "../x", "/x", "a//b", "a/./b"}) {
            assertThatThrownBy(
                            () -> this.client.createTree().add(path, "x", false).create())
                    .as(path)
                    .isInstanceOf(HttpException.class)
                    .hasMessageContaining("malformed path component");
        }
    }

    @Test
    void aBranchIsCreatedMovedAndDeleted() throws Exception {
        String first = this.shop.head("main").orElseThrow();
        String second = this.shop.commit("main", Map.of("a.txt", "a\n"), "Add a");

        this.client.createRef("refs/heads/feature/x", first);
        this.client.getRef("heads/feature/x").updateTo(second);
        assertThat(this.shop.head("feature/x")).contains(second);
        assertThatThrownBy(() -> this.client.getRef("heads/feature/x").updateTo(first))
                .hasMessageContaining("Update is not a fast forward");
        this.client.getRef("heads/feature/x").updateTo(first, true);
        assertThat(this.client.getBranch("feature/x").getSHA1()).isEqualTo(first);
        assertThatThrownBy(() -> this.client.createRef("refs/heads/feature/x", first))
                .hasMessageContaining("Reference already exists");
        assertThatThrownBy(() -> this.client.createRef("refs/heads/feature", first))
                .isInstanceOf(HttpException.class);
        this.client.getRef("heads/feature/x").delete();

        assertThat(this.shop.head("feature/x")).isEmpty();
        assertThat(this.client.getBranches()).containsOnlyKeys("main");
    }

    @Test
    void aProtectedBranchTakesNoPushButSaysSo() throws Exception {
        String head = this.shop.head("main").orElseThrow();
        this.shop.branch("other", head);
        String next = this.shop.commit("other", Map.of("a.txt", "a\n"), "Add a");
        this.shop.protect("main");

        assertThat(this.client.getBranch("main").isProtected()).isTrue();
        assertThat(this.client.getBranch("other").isProtected()).isFalse();
        assertThatThrownBy(() -> this.client.getRef("heads/main").updateTo(next))
                .hasMessageContaining("GH006");
        assertThatThrownBy(() -> this.client.getRef("heads/main").delete()).hasMessageContaining("protected");
        assertThatThrownBy(() -> this.client.getBranch("main").merge("other", "Merge"))
                .isInstanceOf(HttpException.class);
        assertThat(this.shop.head("main")).contains(head);
    }

    @Test
    void aMergeIsTheOneThatGitMakes() throws Exception {
        this.shop.commit("main", Map.of("a.txt", "1\n2\n3\n4\n5\n", "b.txt", "b\n"), "Base");
        this.shop.commit("feature", Map.of("a.txt", "one\n2\n3\n4\n5\n"), "Change the first line");
        this.shop.commit("main", Map.of("a.txt", "1\n2\n3\n4\nfive\n", "c.txt", "c\n"), "Change the last line");
        String expected = Git.in(this.shop).run("merge-tree", "--write-tree", "main", "feature");
        GHBranch main = this.client.getBranch("main");

        GHCommit merge = main.merge("feature", "Take it");

        assertThat(merge).isNotNull();
        assertThat(this.shop.head("main")).contains(merge.getSHA1());
        assertThat(this.shop.tree("main")).isEqualTo(expected);
        assertThat(merge.getParentSHA1s())
                .containsExactly(main.getSHA1(), this.shop.head("feature").orElseThrow());
        assertThat(main.merge("feature", "Take it again")).isNull();
    }

    @Test
    void whereBothSidesChangedALineTheMergeIsAConflict() throws Exception {
        this.shop.commit("feature", Map.of("README.md", "theirs\n"), "Theirs");
        String head = this.shop.commit("main", Map.of("README.md", "ours\n"), "Ours");

        assertThatThrownBy(() -> this.client.getBranch("main").merge("feature", "Take it"))
                .isInstanceOfSatisfying(
                        HttpException.class,
                        e -> assertThat(e.getResponseCode()).isEqualTo(409));
        assertThat(this.shop.head("main")).contains(head);
    }

    @Test
    void branchesAreCompared() throws Exception {
        this.shop.commit("feature", Map.of("x.txt", "x\n"), "Add x");
        this.shop.commit("feature", Map.of("y.txt", "y\n"), "Add y");
        this.shop.commit("main", Map.of("z.txt", "z\n"), "Add z");

        GHCompare compare = this.client.getCompare("main", "feature");

        assertThat(compare.getStatus()).isEqualTo(GHCompare.Status.diverged);
        assertThat(compare.getAheadBy()).isEqualTo(2);
        assertThat(compare.getBehindBy()).isEqualTo(1);
        assertThat(compare.getMergeBaseCommit().getSHA1())
                .isEqualTo(Git.in(this.shop).run("merge-base", "main", "feature"));
        assertThat(compare.getFiles()).extracting(GHCommit.File::getFileName).containsExactly("x.txt", "y.txt");
    }

    private GitHub client(String token) throws Exception {
        return new GitHubBuilder()
                .withEndpoint(this.github.endpoint().toString())
                .withOAuthToken(token)
                .build();
    }
}
