package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cloud.enact.action.Sha256;
import cloud.enact.encryption.ContentCipher;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captured content that whoever reads the disk can't read. */
class EncryptedBlobTests {

    private static final int SEGMENT = ContentCipher.SEGMENT + 16;

    @TempDir
    private Path home;

    private final KeyRing keys =
            new KeyRing(KeyTable.inMemory(), MasterKeys.of(MasterKey.aes256(new byte[32])), Clock.systemUTC());

    private BlobStore store;

    @BeforeEach
    void open() throws IOException {
        this.store = store(true);
    }

    private BlobStore store(boolean writing) throws IOException {
        return BlobStore.inDirectory(this.home, BlobStore.DEFAULT_MAX_BYTES, this.keys, writing);
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static String put(BlobStore store, byte[] content) throws IOException {
        return store.put(new ByteArrayInputStream(content));
    }

    private static byte[] read(BlobStore store, String sha256) throws IOException {
        try (InputStream in = store.open(sha256)) {
            return in.readAllBytes();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(this.home.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 65_535, 65_536, 65_537, 131_072, 400_000})
    void contentOfAnySizeComesBackUnderItsDigest(int length) throws IOException {
        byte[] content = content(length);

        String sha256 = put(this.store, content);

        assertThat(sha256).isEqualTo(HexFormat.of().formatHex(Sha256.of(content)));
        assertThat(read(this.store, sha256)).isEqualTo(content);
        assertThat(put(this.store, content)).isEqualTo(sha256);
        assertThat(files()).hasSize(1);
    }

    @Test
    void neitherContentNorItsDigestIsOnTheDisk() throws IOException {
        byte[] content = "Maria Muster, born 1970-01-01".getBytes(StandardCharsets.UTF_8);

        String sha256 = put(this.store, content);

        Path file = files().get(0);
        assertThat(file.toString()).doesNotContain(sha256);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Muster");
        KeyRing others =
                new KeyRing(KeyTable.inMemory(), MasterKeys.of(MasterKey.aes256(new byte[32])), Clock.systemUTC());
        assertThatIOException()
                .isThrownBy(() -> BlobStore.readOnly(this.home, others).open(sha256))
                .withMessageContaining("no blob");
    }

    @Test
    void contentCanNotBeReadUnderAnotherDigest() throws IOException {
        String first = put(this.store, content(100));
        Path file = files().get(0);
        String second = put(this.store, content(200));
        Path other =
                files().stream().filter(path -> !path.equals(file)).findFirst().orElseThrow();

        Files.move(file, other, StandardCopyOption.REPLACE_EXISTING);

        assertThatIOException().isThrownBy(() -> read(this.store, second)).withMessageContaining("another name");
        assertThatIOException().isThrownBy(() -> read(this.store, first)).withMessageContaining("no blob");
    }

    @Test
    void aChangedBitAnywhereIsFound() throws IOException {
        String sha256 = put(this.store, content(40));
        Path file = files().get(0);
        byte[] sound = Files.readAllBytes(file);

        for (int bit = 0; bit < 8 * sound.length; bit++) {
            byte[] bent = sound.clone();
            bent[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, bent);
            assertThatIOException().as("bit " + bit).isThrownBy(() -> read(this.store, sha256));
        }
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatIOException().as("length " + length).isThrownBy(() -> read(this.store, sha256));
        }
    }

    @Test
    void segmentsThatAreCutSwappedRepeatedOrAddedAreFound() throws IOException {
        String sha256 = put(this.store, content(3 * ContentCipher.SEGMENT));
        Path file = files().get(0);
        byte[] sound = Files.readAllBytes(file);
        byte[] header = Arrays.copyOf(sound, ContentCipher.HEADER);
        byte[] one = segment(sound, 0);
        byte[] two = segment(sound, 1);
        byte[] three = segment(sound, 2);

        for (List<byte[]> bent : List.of(
                List.of(one, two),
                List.of(one),
                List.<byte[]>of(),
                List.of(two, one, three),
                List.of(one, one, two, three),
                List.of(one, two, three, three),
                List.of(one, three),
                List.of(three))) {
            Files.write(file, header);
            for (byte[] segment : bent) {
                Files.write(file, segment, StandardOpenOption.APPEND);
            }
            assertThatIOException().isThrownBy(() -> read(this.store, sha256)).withMessageContaining("altered or cut");
        }
    }

    private static byte[] segment(byte[] file, int number) {
        int start = ContentCipher.HEADER + number * SEGMENT;
        return Arrays.copyOfRange(file, start, start + SEGMENT);
    }

    @Test
    void encryptionCanBeSwitchedOnAndOffAgain() throws IOException {
        BlobStore plain = BlobStore.inDirectory(this.home);
        String before = put(plain, content(10));
        String during = put(this.store, content(20));

        assertThat(read(this.store, before)).isEqualTo(content(10));
        BlobStore after = store(false);
        String later = put(after, content(30));
        for (BlobStore reader : List.of(this.store, after, BlobStore.readOnly(this.home, this.keys))) {
            assertThat(read(reader, before)).isEqualTo(content(10));
            assertThat(read(reader, during)).isEqualTo(content(20));
            assertThat(read(reader, later)).isEqualTo(content(30));
        }
        assertThat(read(plain, later)).isEqualTo(content(30));
    }

    @Test
    void contentThatIsTooLargeLeavesNothing() throws IOException {
        BlobStore small = BlobStore.inDirectory(this.home, 100_000, this.keys, true);

        assertThatIOException()
                .isThrownBy(() -> put(small, content(100_001)))
                .withMessageContaining("larger than the blob store takes");
        assertThat(files()).isEmpty();
        assertThat(this.home.resolve("incoming")).isEmptyDirectory();
    }
}
