package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest is what was captured, on every reading of it. */
class ManifestTests extends FilesystemFixture {

    @Test
    void aManifestThatIsSwappedBetweenTwoReadingsMakesNothing() throws IOException {
        file("d/a.txt", "a");
        Swapping swapping = new Swapping(this.blobs);
        RecordingSteps steps = new RecordingSteps(swapping);
        try (FilesystemConnector connector =
                FilesystemConnector.root(this.root).operations(ALL).build(steps, swapping)) {
            connector.deleteDir("d");
            Map<?, ?> before = (Map<?, ?>)
                    ((List<?>) steps.records().get(0).before().values().get("states")).get(0);
            swapping.manifest = String.valueOf(before.get("manifest"));

            assertThat(steps.undoAll(connector.undo())).singleElement().satisfies(answer -> {
                assertThat(answer.restoration()).isEqualTo(Restoration.FAILED);
                assertThat(answer.detail()).contains("altered");
            });
        }

        assertThat(swapping.openings).isEqualTo(2);
        assertThat(this.root.resolve("d")).doesNotExist();
        assertStageIsEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 700_000})
    void whatIsReadTwiceIsHandedOutWhole(int size) throws IOException {
        byte[] bytes = new byte[size];
        new java.util.Random(size).nextBytes(bytes);
        String sha256 = this.blobs.put(new ByteArrayInputStream(bytes));

        try (InputStream in = RereadInputStream.open(this.blobs, sha256)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(in.read()).isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {262_144, 262_145, 600_000})
    void whatIsAlteredLaterIsHandedOutAsFarAsItIsWhatWasVerified(int size) throws IOException {
        byte[] bytes = new byte[size];
        String sha256 = this.blobs.put(new ByteArrayInputStream(bytes));
        BlobStore longer = new Swapping(this.blobs) {
            @Override
            InputStream swapped() {
                return new ByteArrayInputStream(new byte[size + 1]);
            }
        };
        ((Swapping) longer).manifest = sha256;

        try (InputStream in = RereadInputStream.open(longer, sha256)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("altered");
        }
    }

    /** A blob store in which one blob is another one from its second opening on. */
    private static class Swapping implements BlobStore {

        private final BlobStore blobs;

        String manifest = "";

        int openings;

        Swapping(BlobStore blobs) {
            this.blobs = blobs;
        }

        @Override
        public String put(InputStream content) throws IOException {
            return this.blobs.put(content);
        }

        @Override
        public InputStream open(String sha256) throws IOException {
            if (sha256.equals(this.manifest) && ++this.openings > 1) {
                return swapped();
            }
            return this.blobs.open(sha256);
        }

        InputStream swapped() throws IOException {
            try (InputStream in = this.blobs.open(this.manifest)) {
                String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                return new ByteArrayInputStream(
                        text.replace("a.txt", "forged.txt").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
