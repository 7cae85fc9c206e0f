package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody puts a pipe in the place of what was looked at, and nobody ever writes into it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenerTests {

    @TempDir
    private Path folder;

    private final Opener hasty = new Opener(Duration.ofMillis(50));

    /** For what is there to be opened, however busy the machine is. */
    private final Opener patient = new Opener(Duration.ofSeconds(50));

    private Dir dir;

    @BeforeEach
    void open() throws IOException {
        this.dir = dir(this.patient);
    }

    private Dir dir(Opener opener) throws IOException {
        return new Dir(
                (SecureDirectoryStream<Path>) Files.newDirectoryStream(this.folder),
                this.folder.getFileSystem(),
                Set.of(),
                opener);
    }

    @AfterEach
    void close() throws IOException {
        this.dir.close();
        this.hasty.close();
        this.patient.close();
    }

    @Test
    void aPipeIsNotWaitedForNorIsItsDirectoryAndWhatIsOpenedLateIsClosed() throws Exception {
        Path pipe = pipe("pipe");

        try (Dir impatient = dir(this.hasty)) {
            for (int i = 0; i < 3; i++) {
                assertThatIOException().isThrownBy(() -> impatient.read("pipe")).withMessageContaining("in time");
            }
        }

        try (OutputStream released = Files.newOutputStream(pipe)) {
            // as soon as the last reader is gone; until then what is written only fills the pipe
            assertThatIOException().isThrownBy(() -> writeForEver(released));
        }
        assertThat(Files.writeString(this.folder.resolve("file"), "x")).exists();
        try (FileChannel file = this.dir.read("file")) {
            assertThat(file.size()).isEqualTo(1);
        }
    }

    @Test
    void aPipeInTheMiddleOfAWayIsNotWaitedFor() throws Exception {
        Files.createDirectory(this.folder.resolve("sub"));
        Path pipe = pipe("pipe");
        // what is looked at is a directory, what is opened then is not
        assertThatIOException().isThrownBy(() -> Files.newDirectoryStream(pipe.resolve(".")));
        assertThatIOException().isThrownBy(() -> this.dir.sub("pipe"));
        try (Dir sub = this.dir.sub("sub")) {
            assertThat(sub.self().is(Stat.Kind.DIRECTORY)).isTrue();
        }
    }

    @Test
    void whatFailsFailsAsItWould() {
        assertThatIOException()
                .isThrownBy(() -> this.dir.read("nothing"))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void onlySoManyAreWaitedFor() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try {
            for (int i = 0; i < 64; i++) {
                assertThatIOException()
                        .isThrownBy(() -> this.hasty.open(() -> waiting(never)))
                        .withMessageContaining("in time");
            }
            assertThatIOException()
                    .isThrownBy(() -> this.hasty.open(() -> waiting(never)))
                    .withMessageContaining("too many");
        } finally {
            never.countDown();
        }
    }

    private static void writeForEver(OutputStream out) throws IOException {
        while (true) {
            out.write('x');
        }
    }

    private static FileChannel waiting(CountDownLatch never) throws IOException {
        try {
            never.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("never");
    }

    private Path pipe(String name) throws Exception {
        Path pipe = this.folder.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }
}
