package cloud.enact.connector.filesystem.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cloud.enact.connector.filesystem.Kept;
import cloud.enact.connector.filesystem.KeptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptByGitTests {

    private static final int VERSIONS = 40;

    private static final int LINES = 400;

    @TempDir
    private Path folder;

    private Path root;

    private GitProject git;

    private final Random random = new Random(7);

    @BeforeEach
    void makeRepository() throws Exception {
        this.root = this.folder.toRealPath();
        this.git = GitProject.in(Files.createDirectories(this.root.resolve("project")));
    }

    private KeptFiles kept(Path... changed) {
        return new GitContentKeeper().during(this.root, List.of(changed));
    }

    private static String read(KeptFiles.Found found) throws IOException {
        try (InputStream in = found.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Texts of which each differs a little from the last, so that packs hold differences. */
    private void writeVersions() throws IOException {
        String[] lines = new String[LINES];
        for (int i = 0; i < LINES; i++) {
            lines[i] = "line " + i + " " + Long.toHexString(this.random.nextLong());
        }
        for (int version = 0; version < VERSIONS; version++) {
            lines[this.random.nextInt(LINES)] = "changed " + Long.toHexString(this.random.nextLong());
            this.git.write("src/deep/v" + version + ".txt", String.join("\n", lines));
        }
        this.git.write("empty.txt", "");
        this.git.write("Ünï/ö 漢.txt", "names");
    }

    private List<Path> files() throws IOException {
        try (var paths = Files.walk(this.root.resolve("project"))) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !path.startsWith(this.git.git()))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everythingThatWasCommittedIsFoundAsItIs(boolean packed) throws Exception {
        writeVersions();
        this.git.commit();
        if (packed) {
            this.git.pack();
            assertThat(Files.size(this.git.packed(".pack")))
                    .as("most are differences")
                    .isLessThan(4L * Files.size(this.root.resolve("project/src/deep/v0.txt")));
            assertThat(this.git.git().resolve("refs/heads/main")).doesNotExist();
        }
        KeptFiles kept = kept(this.root.resolve("project/src"));

        for (Path file : files()) {
            KeptFiles.Found found = kept.find(file, Files.size(file));
            assertThat(found).as("%s", file).isNotNull();
            assertThat(read(found)).isEqualTo(Files.readString(file));
            assertThat(found.place()).isEqualTo(new Kept("project/.git", GitProject.name(Files.readString(file))));
            assertThat(kept.find(file, Files.size(file) + 1)).isNull();
            kept.release();
        }
        assertThat(files()).hasSize(VERSIONS + 2);
    }

    @Test
    void whatGitPacksMeanwhileIsStillFound() throws Exception {
        this.git.write("a.txt", "first");
        this.git.commit();
        this.git.pack();
        Path file = this.git.write("b.txt", "committed");
        this.git.commit();
        KeptFiles kept = kept();
        assertThat(kept.find(this.root.resolve("project/a.txt"), 5)).isNotNull();

        this.git.pack();

        KeptFiles.Found found = kept.find(file, 9);
        assertThat(this.git.object("committed")).doesNotExist();
        assertThat(found).isNotNull();
        assertThat(read(found)).isEqualTo("committed");
    }

    @Test
    void whatIsNotInTheCommitIsNotFound() throws Exception {
        this.git.write("a.txt", "committed");
        this.git.commit();
        Path staged = this.git.write("staged.txt", "only staged");
        this.git.add();
        Path untracked = this.git.write("b/untracked.txt", "committed");

        KeptFiles kept = kept();

        assertThat(kept.find(staged, 11)).isNull();
        assertThat(kept.find(untracked, 9)).isNull();
        assertThat(kept.find(this.root.resolve("project"), 9)).isNull();
        assertThat(kept.find(this.root.resolve("elsewhere.txt"), 9)).isNull();
        assertThat(kept.find(this.root.resolve("project/a.txt"), 9)).isNotNull();
    }

    @Test
    void whatMayBecomeTooLargeADifferenceIsNotFound() throws Exception {
        int most = 16 * 1024 * 1024;
        Path large = this.git.write("large.txt", "x".repeat(most));
        Path larger = this.git.write("larger.txt", "x".repeat(most + 1));
        this.git.commit();

        assertThat(kept().find(large, most)).isNotNull();
        assertThat(kept().find(larger, most + 1)).isNull();
    }

    /** A few kilobytes of a repository may unpack to megabytes of names, and there may be many repositories. */
    @Test
    void namesOfAllRepositoriesTogetherAreBounded() throws Exception {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            GitProject each = GitProject.in(Files.createDirectories(this.root.resolve(name)));
            each.commitNames(200_000, "committed");
            files.add(each.write("n7", "committed"));
        }
        KeptFiles kept = kept();

        assertThat(kept.find(files.get(0), 9)).isNotNull();
        assertThat(kept.find(files.get(1), 9)).isNull();
        assertThat(kept.find(files.get(0), 9)).isNotNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyTheRepositoryThatWasAskedLastHasFilesOpen() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            GitProject each = GitProject.in(Files.createDirectories(this.root.resolve("many" + i)));
            files.add(each.write("a.txt", "committed"));
            each.commit();
            each.pack();
        }
        KeptFiles kept = kept();

        for (int round = 0; round < 2; round++) {
            for (Path file : files) {
                assertThat(read(Objects.requireNonNull(kept.find(file, 9)))).isEqualTo("committed");
            }
        }

        assertThat(repositoriesWithOpenFiles()).containsExactly(this.root.resolve("many4"));
        kept.release();
        assertThat(repositoriesWithOpenFiles()).isEmpty();
    }

    private Set<Path> repositoriesWithOpenFiles() throws IOException {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : open) {
                // the descriptor of this listing is gone when it is looked at
                Path file = Files.isSymbolicLink(each) ? Files.readSymbolicLink(each) : each;
                if (file.startsWith(this.root)) {
                    found.add(this.root.resolve(this.root.relativize(file).getName(0)));
                }
            }
        }
        return found;
    }

    @Test
    void aRepositoryWithoutACommitKeepsNothing() throws Exception {
        Path file = this.git.write("a.txt", "committed");
        this.git.add();

        assertThat(kept().find(file, 9)).isNull();
    }

    @Test
    void nothingIsKeptWhereTheRootLiesInTheRepository() throws Exception {
        Path file = this.git.write("src/a.txt", "committed");
        this.git.commit();

        assertThat(new GitContentKeeper()
                        .during(this.root.resolve("project/src"), List.of())
                        .find(file, 9))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "project", "project/.git", "project/.git/objects", "project/.git/objects/pack/x"})
    void nothingIsKeptInWhatChanges(String changed) throws Exception {
        Path file = this.git.write("a.txt", "committed");
        this.git.commit();

        assertThat(kept(this.root.resolve(changed)).find(file, 9)).isNull();
        assertThat(kept(this.root.resolve("project/.git/index.lock")).find(file, 9))
                .isNotNull();
    }

    @Test
    void aDamagedPackGivesWhatItHeldOrFails() throws Exception {
        writeVersions();
        this.git.commit();
        this.git.pack();
        Path pack = this.git.packed(".pack");
        Path index = this.git.packed(".idx");
        byte[] goodPack = Files.readAllBytes(pack);
        byte[] goodIndex = Files.readAllBytes(index);
        List<Path> files = files();
        for (int round = 0; round < 300; round++) {
            boolean inPack = round % 2 == 0;
            replace(pack, inPack ? damaged(goodPack) : goodPack);
            replace(index, inPack ? goodIndex : damaged(goodIndex));
            KeptFiles kept = kept();
            for (int i = 0; i < 5; i++) {
                Path file = files.get(this.random.nextInt(files.size()));
                requireAnswer(kept, file);
            }
            kept.release();
        }
    }

    private static void requireAnswer(KeptFiles kept, Path file) throws IOException {
        long size = Files.size(file);
        KeptFiles.Found found = kept.find(file, size);
        if (found == null) {
            return;
        }
        try (InputStream in = found.open()) {
            assertThat(in.readAllBytes().length).isEqualTo((int) size);
        } catch (IOException ex) {
            assertThat(ex).as("words").hasMessageMatching("[a-z, ]+");
        }
    }

    private byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        for (int i = this.random.nextInt(8); i >= 0; i--) {
            bytes[this.random.nextInt(bytes.length)] = (byte) this.random.nextInt();
        }
        return this.random.nextInt(4) == 0 ? Arrays.copyOf(bytes, this.random.nextInt(bytes.length)) : bytes;
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Files.delete(file);
        Files.write(file, content);
    }

    @Test
    void aReferenceIsReadWithoutTheCommit() throws Exception {
        this.git.write("a.txt", "committed");
        this.git.commit();
        Kept place = new Kept("project/.git", GitProject.name("committed"));
        Files.delete(this.git.git().resolve("HEAD"));

        try (InputStream in = new GitContentKeeper().open(this.root, place, 9)) {
            assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("committed");
        }
        assertThatIOException().isThrownBy(() -> new GitContentKeeper().open(this.root, place, 8));
        assertThatIOException()
                .isThrownBy(() -> new GitContentKeeper().open(this.root, new Kept("project/.git", "0".repeat(40)), 9))
                .withMessageContaining("not there any more");
    }
}
