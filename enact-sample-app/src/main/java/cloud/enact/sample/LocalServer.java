package cloud.enact.sample;

import cloud.enact.undo.OwnerOnly;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server of the demo's own. It starts while the application does, and nobody else can log in to it. */
final class LocalServer implements ApplicationListener<ApplicationFailedEvent> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PASSWORD_BYTES = 24;

    private final FutureTask<EmbeddedPostgres> start;

    private LocalServer(FutureTask<EmbeddedPostgres> start) {
        this.start = start;
    }

    /**
     * Starts a server without waiting for it. It ends with the JVM at the latest, after all contexts.
     *
     * @param directory for the owner alone; there its programs are unpacked, once
     * @param workspace where a directory for its data is made, and deleted when it stops
     */
    static LocalServer begin(Path directory, Path workspace) {
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(() -> start(directory, workspace));
        LocalServer server = new LocalServer(start);
        SpringApplication.getShutdownHandlers().add(server::stop);
        new Thread(start, "demo-postgres").start();
        return server;
    }

    private static EmbeddedPostgres start(Path directory, Path workspace) throws IOException {
        OwnerOnly.createDirectories(directory);
        Path binaries = directory.resolve("postgres");
        OwnerOnly.createDirectory(binaries);
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path passwordFile = Files.createTempFile(binaries, "password", ".txt");
        Path data = Files.createTempDirectory(workspace, "postgres-");
        try {
            Files.writeString(passwordFile, password);
            // by default it works in a directory that everybody may write to; this one is behind a closed door
            System.setProperty(
                    "ot.epg.working-dir",
                    binaries.resolve("server").toAbsolutePath().toString());
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(PATIENCE)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "20")
                    // these are arguments of initdb, whatever their names here say
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toAbsolutePath().toString())
                    .setConnectConfig("password", password)
                    .start();
        } catch (IOException | RuntimeException | Error ex) {
            FileSystemUtils.deleteRecursively(data);
            throw ex;
        } finally {
            Files.delete(passwordFile);
        }
    }

    /** Its first database, as soon as it is there. */
    PGSimpleDataSource postgres() {
        return (PGSimpleDataSource) await().getPostgresDatabase();
    }

    private EmbeddedPostgres await() {
        try {
            return this.start.get();
        } catch (ExecutionException ex) {
            throw new NoServerException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL was starting", ex);
        }
    }

    @Override
    public void onApplicationEvent(ApplicationFailedEvent event) {
        stop();
    }

    /** Stops it and deletes its data. A second call changes nothing, and waits for the first: the JVM may be ending. */
    synchronized void stop() {
        try {
            await().close();
        } catch (NoServerException ex) {
            // whoever wanted to use it was told
        } catch (IOException ex) {
            throw new IllegalStateException("PostgreSQL did not stop", ex);
        }
    }
}
