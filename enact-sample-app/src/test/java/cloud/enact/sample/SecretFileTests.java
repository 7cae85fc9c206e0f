package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTests {

    @TempDir
    Path directory;

    @Test
    void theDirectoryIsMadeForItsOwnerAlone() throws IOException {
        Path made = this.directory.resolve(".enact");

        SecretFile.in(made).read();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void theFirstReadMakesASecretThatOnlyItsOwnerCanRead() throws IOException {
        String secret = SecretFile.in(this.directory).read();

        assertThat(secret).hasSizeGreaterThanOrEqualTo(64);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve("secret"))))
                .isEqualTo("rw-------");
        assertThat(SecretFile.in(this.directory).read()).isEqualTo(secret);
        try (Stream<Path> files = Files.list(this.directory)) {
            assertThat(files).containsExactly(this.directory.resolve("secret"));
        }
    }

    @Test
    void twoDirectoriesHaveTwoSecrets() throws IOException {
        assertThat(SecretFile.in(this.directory.resolve("a")).read())
                .isNotEqualTo(SecretFile.in(this.directory.resolve("b")).read());
    }

    @Test
    void startsAtTheSameTimeAgreeOnOneSecret() throws Exception {
        ExecutorService starts = Executors.newFixedThreadPool(8);
        try {
            Callable<String> start = () -> SecretFile.in(this.directory).read();
            List<Future<String>> secrets =
                    starts.invokeAll(IntStream.range(0, 32).mapToObj(i -> start).toList());

            Set<String> distinct = secrets.stream().map(SecretFileTests::get).collect(Collectors.toSet());
            assertThat(distinct).hasSize(1);
        } finally {
            starts.shutdownNow();
        }
    }

    private static String get(Future<String> future) {
        try {
            return future.get();
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void aSecretThatOthersCanReadIsRefused() throws IOException {
        SecretFile.in(this.directory).read();
        Files.setPosixFilePermissions(this.directory.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SecretFile.in(this.directory).read())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("others than its owner");
    }

    @Test
    void aShortSecretIsRefusedWithoutBeingTold() throws IOException {
        SecretFile.in(this.directory).read();
        Files.writeString(this.directory.resolve("secret"), "tooshort");

        assertThatThrownBy(() -> SecretFile.in(this.directory).read())
                .hasMessageContaining("at least 32 characters")
                .hasMessageNotContaining("tooshort");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(this.directory.resolve("elsewhere"), "x".repeat(64));
        Files.createSymbolicLink(this.directory.resolve("secret"), elsewhere);

        assertThatThrownBy(() -> SecretFile.in(this.directory).read()).hasMessageContaining("regular file");
    }
}
