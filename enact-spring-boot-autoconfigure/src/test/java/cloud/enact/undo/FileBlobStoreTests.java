package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBlobStoreTests {

    /** SHA-256 of "abc", FIPS 180-2 appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path temp;

    private Path home;

    private BlobStore store;

    @BeforeEach
    void open() throws IOException {
        this.home = this.temp.resolve("data");
        this.store = BlobStore.inDirectory(this.home);
    }

    @Test
    void contentComesBackUnderItsDigest() throws IOException {
        String sha256 = this.store.put(stream("abc"));

        assertThat(sha256).isEqualTo(ABC);
        assertThat(this.home.resolve("blobs/ba").resolve(ABC)).hasContent("abc");
        assertThat(read(sha256)).isEqualTo("abc");
    }

    @Test
    void nothingAtAllIsContentToo() throws IOException {
        assertThat(read(this.store.put(stream("")))).isEmpty();
    }

    @Test
    void theSameContentIsKeptOnce() throws IOException {
        this.store.put(stream("abc"));
        this.store.put(stream("abc"));

        assertThat(files()).containsExactly(this.home.resolve("blobs/ba").resolve(ABC));
    }

    @Test
    void storingAgainHealsADamagedBlob() throws IOException {
        this.store.put(stream("abc"));
        Files.writeString(this.home.resolve("blobs/ba").resolve(ABC), "abd");

        this.store.put(stream("abc"));

        assertThat(read(ABC)).isEqualTo("abc");
    }

    @Test
    void alteredBytesAreNoticedAtTheEnd() throws IOException {
        this.store.put(stream("abc"));
        Files.writeString(this.home.resolve("blobs/ba").resolve(ABC), "abd");

        assertThatThrownBy(() -> read(ABC)).isInstanceOf(IOException.class).hasMessageContaining("damaged or altered");
    }

    @Test
    void bytesReadOneByOneOrSkippedAreVerifiedToo() throws IOException {
        this.store.put(stream("abc"));

        try (InputStream in = this.store.open(ABC)) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.skip(1)).isEqualTo(1);
            assertThat(in.read()).isEqualTo('c');
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aBlobThatIsALinkIsNotFollowed() throws IOException {
        Path secret = Files.writeString(this.temp.resolve("secret"), "abc");
        this.store.put(stream("abc"));
        Files.delete(this.home.resolve("blobs/ba").resolve(ABC));
        Files.createSymbolicLink(this.home.resolve("blobs/ba").resolve(ABC), secret);

        assertThatThrownBy(() -> this.store.open(ABC)).isInstanceOf(IOException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInThePlaceOfABlobHoldsNobodyUp() throws Exception {
        this.store.put(stream("abc"));
        Path place = this.home.resolve("blobs/ba").resolve(ABC);
        Files.delete(place);
        assertThat(new ProcessBuilder("mkfifo", place.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> this.store.open(ABC)).isInstanceOf(IOException.class);
        assertThat(this.store.put(stream("abc"))).isEqualTo(ABC);
        assertThat(read(ABC)).isEqualTo("abc");
    }

    @Test
    void missingContentSaysSo() {
        assertThatThrownBy(() -> this.store.open(ABC))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("There is no blob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../outside",
                "/etc/passwd",
                "abc",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "../7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void whatIsNoDigestIsRefused(String hostile) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.store.open(hostile));
    }

    @Test
    void contentOverTheLimitIsRefusedAndLeavesNothing() throws IOException {
        BlobStore small = BlobStore.inDirectory(this.home, 3);

        assertThat(small.put(stream("abc"))).isEqualTo(ABC);
        assertThatThrownBy(() -> small.put(stream("abcd")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than the blob store takes (3 bytes)");

        assertThat(files()).hasSize(1);
    }

    @Test
    void aStreamThatBreaksLeavesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cable pulled");
            }
        };

        assertThatThrownBy(() -> this.store.put(broken)).hasMessage("cable pulled");
        assertThat(files()).isEmpty();
    }

    @Test
    void aLimitMustBePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> BlobStore.inDirectory(this.home, 0));
    }

    @Test
    void onlyTheOwnerMayLook() throws IOException {
        this.store.put(stream("abc"));

        for (String directory : List.of("", "blobs", "blobs/ba", "incoming")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.home.resolve(directory))))
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        this.home.resolve("blobs/ba").resolve(ABC))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDirectoryThatIsOpenToOthersIsClosed() throws IOException {
        Files.setPosixFilePermissions(this.home, PosixFilePermissions.fromString("rwxrwxrwx"));

        BlobStore.inDirectory(this.home);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.home)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsRefused() throws IOException {
        Path file = Files.writeString(this.temp.resolve("file"), "x");

        assertThatThrownBy(() -> BlobStore.inDirectory(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a directory");
    }

    @Test
    void manyThreadsStoreTheSameAndDifferentContent() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String content = "content " + (i % 10);
                results.add(pool.submit(() -> this.store.put(stream(content))));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(read(results.get(i).get())).isEqualTo("content " + (i % 10));
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(files()).hasSize(10);
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(this.home)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private String read(String sha256) throws IOException {
        try (InputStream in = this.store.open(sha256)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
