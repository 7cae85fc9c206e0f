package cloud.enact.autoconfigure;

import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.connector.filesystem.FilesystemConnectorBuilder;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the connectors for files that are configured. */
final class FilesystemConnectors {

    private static final String PREFIX = "enact.filesystem";

    private final EnactProperties properties;

    private final StepExecutor steps;

    private final BlobStore blobs;

    FilesystemConnectors(EnactProperties properties, StepExecutor steps, BlobStore blobs) {
        this.properties = properties;
        this.steps = steps;
        this.blobs = blobs;
    }

    /** The connector that is configured without a name of its own. */
    FilesystemConnector unnamed() {
        FilesystemProperties filesystem = this.properties.filesystem();
        return connector(PREFIX, "filesystem", filesystem.root(), filesystem.operations());
    }

    /** The connector under a key. */
    FilesystemConnector named(String key, String name) {
        FilesystemProperties.Connector entry =
                ConnectorStartup.entry(this.properties.filesystem().connectors(), key);
        return connector(PREFIX + ".connectors." + key, name, entry.root(), entry.operations());
    }

    private FilesystemConnector connector(String property, String name, @Nullable Path root, Set<String> operations) {
        if (root == null) {
            throw new EnactStartupException(
                    "The connector '" + name + "' has no directory to work in.",
                    "Set " + property + ".root to an existing directory.");
        }
        requireApart(property, root);
        try {
            return confined(root, this.properties)
                    .name(name)
                    .operations(operations)
                    .build(this.steps, this.blobs);
        } catch (IOException | IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "The connector '" + name + "' can't work in " + root + ": " + ex.getMessage(),
                    "Set " + property + ".root to an existing directory this application may write to, and " + property
                            + ".operations to operations that exist.",
                    ex);
        }
    }

    /** Starts a connector that can't reach what Enact keeps for itself. */
    static FilesystemConnectorBuilder confined(Path root, EnactProperties properties) {
        FilesystemConnectorBuilder builder = FilesystemConnector.root(root);
        Path copies = properties.receipts().jsonDir();
        if (copies != null) {
            builder.outOfReach(copies.toAbsolutePath());
        }
        return builder.outOfReachWithSideFiles(properties.receipts().file().toAbsolutePath())
                .outOfReach(EnactReceiptAutoConfiguration.undoDirectory(properties));
    }

    /** One connector would take the other's staged files for its own, and undo could not tell whose work is later. */
    private void requireApart(String property, Path root) {
        Path real = real(root);
        roots(this.properties).forEach((other, path) -> {
            if (!other.equals(property)
                    && (real.startsWith(real(path)) || real(path).startsWith(real))) {
                throw new EnactStartupException(
                        "The directories of two filesystem connectors overlap: " + property + ".root and " + other
                                + ".root, " + root + " and " + path + ".",
                        "Give each a directory of its own, none of them inside another.");
            }
        });
    }

    /** The directories of all connectors, by their property. */
    static Map<String, Path> roots(EnactProperties properties) {
        FilesystemProperties filesystem = properties.filesystem();
        Map<String, Path> roots = new LinkedHashMap<>();
        if (filesystem.root() != null) {
            roots.put(PREFIX, filesystem.root());
        }
        filesystem.connectors().forEach((key, entry) -> {
            if (entry.root() != null) {
                roots.put(PREFIX + ".connectors." + key, entry.root());
            }
        });
        return roots;
    }

    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException ex) {
            // what is not there is refused for that
            return path.toAbsolutePath().normalize();
        }
    }
}
