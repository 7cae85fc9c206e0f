package cloud.enact.cli;

import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.connector.filesystem.FilesystemRoots;
import cloud.enact.connector.filesystem.git.GitContentKeeper;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the steps of filesystem connectors under the roots that the records name, whatever the application has
 * configured by now. For one command, on one thread.
 */
final class RecordedRoots {

    private RecordedRoots() {}

    /**
     * Opens the roots of a run.
     *
     * @param records its steps; those of other connectors are left out
     * @param blobs where captured content is
     * @throws CommandException when a root can't be opened
     */
    static List<FilesystemRoots> open(List<UndoRecord> records, BlobStore blobs) {
        Map<String, Map<Path, FilesystemConnector>> byConnector = new LinkedHashMap<>();
        try {
            for (UndoRecord record : records) {
                Path root = root(record);
                if (root != null) {
                    byConnector
                            .computeIfAbsent(record.connector(), name -> new LinkedHashMap<>())
                            .computeIfAbsent(root, path -> connector(record.connector(), path, blobs));
                }
            }
        } catch (RuntimeException ex) {
            together(byConnector).forEach(RecordedRoots::close);
            throw ex;
        }
        return together(byConnector);
    }

    private static List<FilesystemRoots> together(Map<String, Map<Path, FilesystemConnector>> byConnector) {
        List<FilesystemRoots> all = new ArrayList<>();
        byConnector.forEach((name, roots) -> all.add(new FilesystemRoots(
                name,
                List.copyOf(roots.values()),
                "Its record names no directory; roll back from the application that ran it.")));
        return List.copyOf(all);
    }

    private static @Nullable Path root(UndoRecord record) {
        try {
            return FilesystemConnector.recordedRoot(record);
        } catch (IllegalArgumentException ex) {
            // made by a connector of another kind, which only its application can undo
            return null;
        }
    }

    private static FilesystemConnector connector(String name, Path root, BlobStore blobs) {
        try {
            return FilesystemConnector.undoOnly(name, root, blobs, new GitContentKeeper());
        } catch (IOException | IllegalArgumentException ex) {
            throw new CommandException("The directory " + root
                    + ", in which the run worked, can't be opened; is it mounted, and may you write to it?");
        }
    }

    /** Lets go of the directories. */
    static void close(FilesystemRoots roots) {
        try {
            roots.close();
        } catch (IOException ex) {
            throw new CommandException("A directory could not be closed");
        }
    }
}
