package cloud.enact.connector.filesystem;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorName;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a {@link FilesystemConnector} is made of. Not thread-safe. */
public final class FilesystemConnectorBuilder {

    private final Path root;

    private String name = "filesystem";

    private FilesystemLimits limits = FilesystemLimits.defaults();

    private final Set<String> operations = new TreeSet<>();

    private final List<Path> outOfReach = new ArrayList<>();

    private final List<Path> sideFilesOf = new ArrayList<>();

    private ContentKeeper keeper = ContentKeeper.none();

    private Failpoints failpoints = Failpoints.NONE;

    FilesystemConnectorBuilder(Path root) {
        this.root = root;
    }

    /** Names the instance; {@code filesystem} if nothing else is said. */
    public FilesystemConnectorBuilder name(String name) {
        this.name = ConnectorName.require(name);
        return this;
    }

    /** Allows operations, by name; without this nothing is allowed. */
    public FilesystemConnectorBuilder operations(Collection<String> operations) {
        this.operations.addAll(operations);
        return this;
    }

    /** Sets how much one operation may take. */
    public FilesystemConnectorBuilder limits(FilesystemLimits limits) {
        this.limits = limits;
        return this;
    }

    /** Keeps every operation out of further files and directories, such as Enact's data under another name. */
    public FilesystemConnectorBuilder outOfReach(Path path) {
        this.outOfReach.add(path);
        return this;
    }

    /** Keeps every operation out of a file and of those that are named after it, such as its write-ahead log. */
    public FilesystemConnectorBuilder outOfReachWithSideFiles(Path file) {
        this.outOfReach.add(file);
        this.sideFilesOf.add(file);
        return this;
    }

    /** Names somebody who has content already, so that {@linkplain FilesystemConnector#kept it need not be copied}. */
    public FilesystemConnectorBuilder keeper(ContentKeeper keeper) {
        this.keeper = keeper;
        return this;
    }

    FilesystemConnectorBuilder failpoints(Failpoints failpoints) {
        this.failpoints = failpoints;
        return this;
    }

    /**
     * Makes the connector.
     *
     * @param steps performs its steps inside governed actions
     * @param blobs keeps what was there before; the store in which undo finds it again
     * @throws IllegalArgumentException when an operation doesn't exist, or the root can't be one
     * @throws IOException when the root or its staging directory can't be opened
     */
    public FilesystemConnector build(StepExecutor steps, BlobStore blobs) throws IOException {
        AllowedOperations<FileOperation> allowed =
                new AllowedOperations<>(this.name, List.of(FileOperation.values()), this.operations);
        Jail jail = Jail.open(this.root, this.outOfReach, this.sideFilesOf);
        Site site = new Site(jail, blobs, this.keeper, this.limits, this.failpoints);
        return new FilesystemConnector(this.name, allowed, site, steps);
    }
}
