package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDigestTests {

    @TempDir
    Path folder;

    private TreeDigest before;

    @BeforeEach
    void plantATree() throws IOException {
        Files.createDirectories(this.folder.resolve("a/b"));
        Files.createDirectory(this.folder.resolve("empty"));
        Files.write(this.folder.resolve("a/b/binary"), new byte[] {0, 1, 2, (byte) 0xFF});
        Files.createSymbolicLink(this.folder.resolve("link"), Path.of("a/b"));
        this.before = TreeDigest.of(this.folder);
    }

    @Test
    void itCountsWhatIsThere() {
        assertThat(this.before.files()).isEqualTo(1);
        assertThat(this.before.folders()).isEqualTo(4);
        assertThat(this.before.links()).isEqualTo(1);
        assertThat(this.before.bytes()).isEqualTo(4);
    }

    @Test
    void theSameTreeHasTheSameDigest() throws IOException {
        assertThat(TreeDigest.of(this.folder)).isEqualTo(this.before);
    }

    @Test
    void oneByteMakesADifference() throws IOException {
        FileTime time = Files.getLastModifiedTime(this.folder.resolve("a/b/binary"));
        Files.write(this.folder.resolve("a/b/binary"), new byte[] {0, 1, 3, (byte) 0xFF});
        Files.setLastModifiedTime(this.folder.resolve("a/b/binary"), time);

        assertDiffers();
    }

    @Test
    void aTimeMakesADifference() throws IOException {
        Files.setLastModifiedTime(this.folder.resolve("a/b/binary"), FileTime.fromMillis(1000));

        assertDiffers();
    }

    @Test
    void aPermissionMakesADifference() throws IOException {
        Files.setPosixFilePermissions(this.folder.resolve("a/b/binary"), PosixFilePermissions.fromString("rwx------"));

        assertDiffers();
    }

    @Test
    void anEmptyFolderMakesADifference() throws IOException {
        Files.delete(this.folder.resolve("empty"));

        assertDiffers();
    }

    @Test
    void aLinkToElsewhereMakesADifference() throws IOException {
        Files.delete(this.folder.resolve("link"));
        Files.createSymbolicLink(this.folder.resolve("link"), Path.of("a"));

        assertDiffers();
    }

    @Test
    void aFolderThatIsGoneSaysSo() throws IOException {
        TreeDigest gone = TreeDigest.of(this.folder.resolve("nowhere"));

        assertThat(gone.isThere()).isFalse();
        assertThat(gone.describe()).isEqualTo("no such folder");
    }

    private void assertDiffers() throws IOException {
        assertThat(TreeDigest.of(this.folder).sha256()).isNotEqualTo(this.before.sha256());
    }
}
