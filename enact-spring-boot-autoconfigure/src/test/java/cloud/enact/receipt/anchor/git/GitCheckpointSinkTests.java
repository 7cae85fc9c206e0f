package cloud.enact.receipt.anchor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.anchor.SomeCheckpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitCheckpointSinkTests {

    private static final String BRANCH = "refs/heads/checkpoints/orders";

    @TempDir
    private Path folder;

    private final Checkpoint first = SomeCheckpoints.of("orders", 3);

    private final Checkpoint second = SomeCheckpoints.of("orders", 7);

    private Repository remote;

    @BeforeEach
    void makeRemote() throws IOException {
        this.remote = new FileRepositoryBuilder()
                .setGitDir(this.folder.resolve("remote.git").toFile())
                .setBare()
                .build();
        this.remote.create(true);
    }

    private GitCheckpointSink local(String name) {
        return new GitCheckpointSink(
                new GitOptions(this.folder.resolve(name), null, null, null, Duration.ofSeconds(30)));
    }

    private GitCheckpointSink pushing(String name) {
        return new GitCheckpointSink(new GitOptions(
                this.folder.resolve(name),
                this.folder.resolve("remote.git").toString(),
                null,
                null,
                Duration.ofSeconds(30)));
    }

    private List<String> remoteNotes() throws Exception {
        try (GitCheckpointSink reader = local("remote.git")) {
            return SomeCheckpoints.notes(reader);
        }
    }

    @Test
    void whatItIsGivenCanBeReadBack() throws Exception {
        try (GitCheckpointSink sink = local("anchors.git")) {
            sink.accept(this.first);
        }
        try (GitCheckpointSink sink = local("anchors.git")) {
            sink.accept(this.second);
            sink.accept(this.second);
            sink.accept(SomeCheckpoints.of("..hidden.lock", 1));

            assertThat(SomeCheckpoints.notes(sink))
                    .containsExactlyInAnyOrder(
                            this.first.note(),
                            this.second.note(),
                            SomeCheckpoints.of("..hidden.lock", 1).note());
        }
    }

    @Test
    void everyCheckpointIsPushed() throws Exception {
        try (GitCheckpointSink sink = pushing("anchors.git")) {
            sink.accept(this.first);
            sink.accept(this.second);
        }

        assertThat(remoteNotes()).containsExactlyInAnyOrder(this.second.note(), this.first.note());
    }

    @Test
    void aCheckpointThatCouldNotBePushedIsPushedTheNextTime() throws Exception {
        Path remote = this.folder.resolve("remote.git");
        Path away = this.folder.resolve("away.git");
        try (GitCheckpointSink sink = pushing("anchors.git")) {
            sink.accept(this.first);
            Files.move(remote, away);
            assertThatIOException().isThrownBy(() -> sink.accept(this.second));
            Files.move(away, remote);

            sink.accept(this.second);
        }

        assertThat(remoteNotes()).containsExactlyInAnyOrder(this.second.note(), this.first.note());
    }

    @Test
    void anotherMachineThatTakesALogOverGoesOnFromTheRemote() throws Exception {
        Checkpoint third = SomeCheckpoints.of("orders", 9);
        try (GitCheckpointSink one = pushing("one.git");
                GitCheckpointSink other = pushing("other.git")) {
            one.accept(this.first);
            other.accept(this.second);
            one.accept(third);

            assertThat(remoteNotes())
                    .contains(third.note(), this.second.note(), this.first.note())
                    .doesNotContain(SomeCheckpoints.of("orders", 1).note());
        }
    }

    @Test
    void severalLogsGetInNoOthersWay() throws Exception {
        List<String> expected = new ArrayList<>();
        try (GitCheckpointSink one = pushing("one.git");
                GitCheckpointSink other = pushing("other.git")) {
            for (int size = 1; size <= 5; size++) {
                one.accept(SomeCheckpoints.of("one", size));
                other.accept(SomeCheckpoints.of("other", size));
                expected.add(SomeCheckpoints.of("one", size).note());
                expected.add(SomeCheckpoints.of("other", size).note());
            }
        }

        assertThat(remoteNotes()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aHistoryThatWasRewrittenIsNeitherOverwrittenNorFollowed() throws Exception {
        try (GitCheckpointSink sink = pushing("anchors.git")) {
            sink.accept(this.first);
            sink.accept(this.second);
            ObjectId forged = new NoteCommits(this.remote).write(List.of(), SomeCheckpoints.of("orders", 5));
            RefUpdate update = this.remote.updateRef(BRANCH);
            update.setNewObjectId(forged);
            update.forceUpdate();

            assertThatIOException()
                    .isThrownBy(() -> sink.accept(SomeCheckpoints.of("orders", 9)))
                    .withMessageContaining("history was rewritten");
            assertThat(this.remote.exactRef(BRANCH).getObjectId()).isEqualTo(forged);
            assertThat(SomeCheckpoints.notes(sink)).contains(this.first.note(), this.second.note());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:word@example.org/anchors.git",
                "https://token@example.org/anchors.git",
                "http://example.org/anchors.git"
            })
    void anAddressWithASecretOrForASecretWithoutTlsIsRefused(String remote) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GitOptions(this.folder, remote, null, "secret", Duration.ofSeconds(1)))
                .satisfies(ex -> assertThat(ex).message().doesNotContain("word@", "token@"));
    }

    @Test
    void noTextTellsTheToken() {
        assertThat(new GitOptions(
                        this.folder, "https://example.org/a.git", "name", "secret-token", Duration.ofSeconds(1)))
                .asString()
                .doesNotContain("secret-token");
    }

    @Test
    @Timeout(60)
    void aRemoteThatNeverAnswersKeepsNobodyFromReadingOrClosing() throws Exception {
        CompletableFuture<Void> pushing;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "http://localhost:" + silent.getLocalPort() + "/anchors.git";
            GitCheckpointSink sink = new GitCheckpointSink(
                    new GitOptions(this.folder.resolve("held.git"), address, null, null, Duration.ofMinutes(10)));
            pushing = CompletableFuture.runAsync(() -> {
                try {
                    sink.accept(this.first);
                } catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
            });
            try (Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();
                assertThat(SomeCheckpoints.notes(sink)).containsExactly(this.first.note());
                sink.close();
                assertThat(pushing).isNotDone();
                // it would ask again otherwise
                silent.close();
            }
        }
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> pushing.get(50, TimeUnit.SECONDS));
    }
}
