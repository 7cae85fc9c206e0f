package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cloud.enact.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The credential, its sessions, and wrong ones. */
class CredentialTests {

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-20T12:00:00Z"));

    @Test
    void theOperatorIsToldOnceAndTheFileHoldsADigestForItsOwnerAlone() throws IOException {
        Path file = this.folder.resolve("deep/console-credential");
        List<String> told = new ArrayList<>();

        ConsoleCredential first = ConsoleCredential.inFile(file, told::add);
        ConsoleCredential later = ConsoleCredential.inFile(file, told::add);

        assertThat(told).hasSize(1);
        assertThat(first.matches(told.get(0))).isTrue();
        assertThat(later.matches(told.get(0))).isTrue();
        assertThat(later.matches("another one")).isFalse();
        assertThat(Files.readString(file)).startsWith("sha256:").doesNotContain(told.get(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(first.toString()).doesNotContain(told.get(0));
    }

    @Test
    void aFileThatIsNoneIsRefusedAndNotReplaced() throws IOException {
        Path file = Files.writeString(this.folder.resolve("console-credential"), "sha256:short");
        Path link = Files.createSymbolicLink(this.folder.resolve("link"), file);

        assertThatIOException().isThrownBy(() -> ConsoleCredential.inFile(file, text -> {}));
        assertThatIOException().isThrownBy(() -> ConsoleCredential.inFile(link, text -> {}));
        assertThat(file).hasContent("sha256:short");
    }

    @Test
    void aSessionEndsWhenNobodyUsesItAndAfterTwelveHours() {
        Sessions sessions = new Sessions(this.clock);
        String idle = sessions.open();
        this.clock.pass(Duration.ofMinutes(31));
        assertThat(sessions.find(idle)).isEmpty();

        String busy = sessions.open();
        for (int i = 0; i < 24; i++) {
            assertThat(sessions.find(busy)).isPresent();
            this.clock.pass(Duration.ofMinutes(30));
        }
        assertThat(sessions.find(busy)).isPresent();
        this.clock.pass(Duration.ofMinutes(1));
        assertThat(sessions.find(busy)).isEmpty();
    }

    @Test
    void theOldestSessionMakesRoom() {
        Sessions sessions = new Sessions(this.clock);
        String first = sessions.open();
        String second = sessions.open();
        for (int i = 1; i < Sessions.MOST; i++) {
            sessions.open();
        }

        assertThat(sessions.find(first)).isEmpty();
        assertThat(sessions.find(second)).isPresent();
        assertThat(sessions.find("")).isEmpty();
    }

    @Test
    void wrongOnesAreTooManyForTheRestOfAMinuteWhereverTheyComeFrom() {
        Attempts attempts = new Attempts(this.clock);
        for (int i = 0; i < Attempts.MOST; i++) {
            assertThat(attempts.failed("203.0.113." + i)).isFalse();
        }

        assertThat(attempts.failed("203.0.113.7")).isTrue();
        assertThat(attempts.failed("203.0.113.8")).isTrue();
        this.clock.pass(Duration.ofMinutes(1));
        assertThat(attempts.failed("203.0.113.7")).isFalse();
    }

    @Test
    void theFileIsReadAtTheStartAndNeverAgain() throws IOException {
        Path file = this.folder.resolve("console-credential");
        List<String> told = new ArrayList<>();
        ConsoleCredential running = ConsoleCredential.inFile(file, told::add);

        Files.delete(file);
        ConsoleCredential next = ConsoleCredential.inFile(file, told::add);

        assertThat(told).hasSize(2);
        assertThat(running.matches(told.get(0))).isTrue();
        assertThat(running.matches(told.get(1))).isFalse();
        assertThat(next.matches(told.get(0))).isFalse();
    }

    @Test
    void sessionsAndWhatFormsBringAlongAreNotToldToALog() {
        Visitor visitor = new Visitor("ann", "a-secret", true, role -> false);
        Sessions.Session session = new Sessions.Session("a-secret", Instant.EPOCH, Instant.EPOCH);
        Reply reply = Reply.redirect("/enact").with("Set-Cookie", "enact-console-80=a-secret");

        assertThat(List.of(visitor, session, reply))
                .noneMatch(each -> each.toString().contains("a-secret"));
    }
}
