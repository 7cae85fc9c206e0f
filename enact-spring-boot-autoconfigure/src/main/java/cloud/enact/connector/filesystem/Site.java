package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where one connector works: its root, its staging directory, its blobs. Thread-safe. */
final class Site implements Closeable {

    private final Jail jail;

    private final BlobStore blobs;

    private final ContentKeeper keeper;

    private final FilesystemLimits limits;

    private final Failpoints failpoints;

    private @Nullable Stage stage;

    private boolean closed;

    Site(Jail jail, BlobStore blobs, ContentKeeper keeper, FilesystemLimits limits, Failpoints failpoints) {
        this.jail = jail;
        this.blobs = blobs;
        this.keeper = keeper;
        this.limits = limits;
        this.failpoints = failpoints;
    }

    Jail jail() {
        return this.jail;
    }

    Path root() {
        return this.jail.root();
    }

    BlobStore blobs() {
        return this.blobs;
    }

    ContentKeeper keeper() {
        return this.keeper;
    }

    /**
     * Opens content that a capture wrote down, wherever it is; reading to the end fails when it is something else.
     *
     * @throws NotKeptException when it was kept elsewhere and is not there any more
     */
    InputStream content(Node.File file) throws IOException {
        Kept kept = file.kept();
        return (kept != null) ? KeptContent.open(this, file, kept) : this.blobs.open(file.sha256());
    }

    FilesystemLimits limits() {
        return this.limits;
    }

    void reached(String point) {
        this.failpoints.reached(point);
    }

    /** The staging directory; made on first use, because a connector that only reads needs none. */
    synchronized Stage stage() throws IOException {
        if (this.closed) {
            throw new IOException("the connector is closed");
        }
        if (this.stage == null) {
            this.stage = new Stage(StageHome.open(this.jail));
        }
        return this.stage;
    }

    @Override
    public synchronized void close() throws IOException {
        if (this.closed) {
            return;
        }
        this.closed = true;
        try (this.jail) {
            if (this.stage != null) {
                this.stage.close();
            }
        }
    }
}
