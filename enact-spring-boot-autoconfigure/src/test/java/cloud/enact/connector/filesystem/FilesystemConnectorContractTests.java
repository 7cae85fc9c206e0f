package cloud.enact.connector.filesystem;

import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FilesystemConnectorContractTests extends ConnectorContract {

    @TempDir
    Path temp;

    private Path root;

    private BlobStore blobs;

    private final List<FilesystemConnector> opened = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        this.root = Files.createDirectory(this.temp.resolve("root"));
        this.blobs = BlobStore.inDirectory(this.temp.resolve("data"));
        Files.writeString(this.root.resolve("notes.txt"), "old");
        // so that making the staging directory is not part of what is compared
        connector(Set.of("write_file"), step -> {
            throw new IllegalStateException();
        });
    }

    @AfterEach
    void close() throws IOException {
        for (FilesystemConnector connector : this.opened) {
            connector.close();
        }
    }

    @Override
    protected Connector connector(Set<String> allowed, StepExecutor steps) throws IOException {
        FilesystemConnector connector =
                FilesystemConnector.root(this.root).operations(allowed).build(steps, this.blobs);
        this.opened.add(connector);
        return connector;
    }

    @Override
    protected BlobStore blobs() {
        return this.blobs;
    }

    @Override
    protected String operation() {
        return "write_file";
    }

    @Override
    protected Map<String, @Nullable Object> args() {
        return Map.of("path", "notes.txt", "content", "new");
    }

    /** But for the time of the directory, which nobody knows after a crash. */
    @Override
    protected Object state() {
        Map<String, String> entries = new TreeMap<>(TreeSnapshot.of(this.root).entries());
        entries.remove("");
        return entries;
    }

    @Override
    protected void changeByHand() throws IOException {
        Files.writeString(this.root.resolve("notes.txt"), "by hand");
    }
}
