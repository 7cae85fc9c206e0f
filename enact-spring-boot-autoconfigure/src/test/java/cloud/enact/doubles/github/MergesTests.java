package cloud.enact.doubles.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.HttpException;

/** Merges over histories made at random: what the double merges is what git merges. */
class MergesTests {

    private static final int HISTORIES = 40;

    private GitHubDouble github;

    private HostedRepository shop;

    private GHRepository client;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        this.github = GitHubDouble.start(directory);
        this.shop = this.github.create("acme", "shop");
        this.client = new GitHubBuilder()
                .withEndpoint(this.github.endpoint().toString())
                .withOAuthToken(this.github.token())
                .build()
                .getRepository("acme/shop");
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    @Test
    void whatTheDoubleMergesIsWhatGitMerges() throws Exception {
        int merged = 0;
        int conflicts = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            String ours = "ours-" + seed;
            String theirs = "theirs-" + seed;
            grow(random, ours, theirs);

            @Nullable String expected = Git.in(this.shop).tree("merge-tree", "--write-tree", ours, theirs);
            @Nullable String actual = merge(ours, theirs);

            assertThat(actual).as("seed " + seed).isEqualTo(expected);
            if (actual == null) {
                conflicts++;
            } else {
                merged++;
            }
        }
        assertThat(merged).isGreaterThan(5);
        assertThat(conflicts).isGreaterThan(5);
    }

    @Test
    void aFileThatWasMovedIsFollowedByGitOnly() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < 30; line++) {
            lines.add("line " + line);
        }
        String before = text(lines);
        this.shop.commit("ours", Map.of("old.txt", before), "Begin");
        this.shop.branch("theirs", this.shop.head("ours").orElseThrow());
        Map<String, @Nullable String> moved = new HashMap<>();
        moved.put("old.txt", null);
        moved.put("new.txt", before);
        this.shop.commit("ours", moved, "Move it");
        this.shop.commit("theirs", Map.of("old.txt", before.replace("line 7\n", "seven\n")), "Change it");

        assertThat(merge("ours", "theirs")).isNull();
        this.shop.mergeWithGit();
        assertThat(merge("ours", "theirs")).isNotNull();

        assertThat(this.shop.file("ours", "new.txt"))
                .hasValueSatisfying(text -> assertThat(text).contains("seven\n"));
        assertThat(this.shop.file("ours", "old.txt")).isEmpty();
    }

    /** Two branches that part, cross now and then, and change a few lines of a few files. */
    private void grow(Random random, String ours, String theirs) throws Exception {
        Map<String, List<String>> files = new HashMap<>();
        Map<String, String> first = new HashMap<>();
        for (int file = 0; file < 3; file++) {
            List<String> lines = new ArrayList<>();
            for (int line = 0; line < 30; line++) {
                lines.add("file " + file + " line " + line);
            }
            files.put("f" + file + ".txt", lines);
            first.put("f" + file + ".txt", text(lines));
        }
        this.shop.commit(ours, first, "Begin");
        this.shop.branch(theirs, this.shop.head(ours).orElseThrow());
        for (int step = 0; step < 6; step++) {
            String branch = random.nextBoolean() ? ours : theirs;
            if (random.nextInt(5) == 0) {
                String other = branch.equals(ours) ? theirs : ours;
                if (Git.in(this.shop).tree("merge-tree", "--write-tree", branch, other) != null
                        && !Git.in(this.shop)
                                .run("rev-list", branch + ".." + other)
                                .isEmpty()) {
                    this.shop.merge(branch, other);
                }
                continue;
            }
            String name = "f" + random.nextInt(3) + ".txt";
            String now = this.shop.file(branch, name).orElse("");
            Map<String, @Nullable String> change = new HashMap<>();
            change.put(name, random.nextInt(8) == 0 ? null : edited(random, now));
            if (!now.isEmpty() || change.get(name) != null) {
                this.shop.commit(branch, change, "Step " + step);
            }
        }
    }

    private static String edited(Random random, String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n")));
        if (lines.size() < 2) {
            return "anew " + random.nextInt(1000) + "\n";
        }
        int at = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.set(at, "changed " + random.nextInt(1000));
            case 1 -> lines.add(at, "added " + random.nextInt(1000));
            default -> lines.remove(at);
        }
        return text(lines);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private @Nullable String merge(String base, String head) throws Exception {
        try {
            GHCommit merge = this.client.getBranch(base).merge(head, "Merge");
            return this.shop.tree(merge == null ? base : merge.getSHA1());
        } catch (HttpException e) {
            assertThat(e.getResponseCode()).isEqualTo(409);
            return null;
        }
    }
}
