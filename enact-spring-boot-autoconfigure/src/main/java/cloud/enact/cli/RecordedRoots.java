package cloud.enact.cli;

import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the steps of filesystem connectors under the roots that the records name, whatever the application has
 * configured by now. For one command, on one thread.
 */
final class RecordedRoots implements StepUndo, AutoCloseable {

    private final String connector;

    private final Map<Path, FilesystemConnector> roots = new LinkedHashMap<>();

    private RecordedRoots(String connector) {
        this.connector = connector;
    }

    /**
     * Opens the roots of a run.
     *
     * @param records its steps; those of other connectors are left out
     * @param blobs where captured content is
     * @throws CommandException when a root can't be opened
     */
    static List<RecordedRoots> open(List<UndoRecord> records, BlobStore blobs) {
        Map<String, RecordedRoots> byConnector = new LinkedHashMap<>();
        try {
            for (UndoRecord record : records) {
                Path root = root(record);
                if (root != null) {
                    RecordedRoots roots = byConnector.computeIfAbsent(record.connector(), RecordedRoots::new);
                    if (!roots.roots.containsKey(root)) {
                        roots.roots.put(root, connector(record.connector(), root, blobs));
                    }
                }
            }
            return List.copyOf(byConnector.values());
        } catch (RuntimeException ex) {
            byConnector.values().forEach(RecordedRoots::close);
            throw ex;
        }
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
            return FilesystemConnector.undoOnly(name, root, blobs);
        } catch (IOException | IllegalArgumentException ex) {
            throw new CommandException("The directory " + root
                    + ", in which the run worked, can't be opened; is it mounted, and may you write to it?");
        }
    }

    @Override
    public String connector() {
        return this.connector;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        Map<Path, List<UndoRecord>> byRoot = new LinkedHashMap<>();
        Map<Long, StepRestoration> answers = new HashMap<>();
        for (UndoRecord record : newestFirst) {
            Path root = root(record);
            if (root != null && this.roots.containsKey(root)) {
                byRoot.computeIfAbsent(root, path -> new ArrayList<>()).add(record);
            } else {
                answers.put(record.position(), unreachable(record));
            }
        }
        byRoot.forEach((root, records) -> Objects.requireNonNull(this.roots.get(root))
                .undo()
                .precheck(records)
                .forEach(answer -> answers.put(answer.position(), answer)));
        return newestFirst.stream()
                .map(record -> answers.getOrDefault(record.position(), unreachable(record)))
                .toList();
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        Path root = root(record);
        FilesystemConnector opened = (root != null) ? this.roots.get(root) : null;
        return (opened != null) ? opened.undo().undo(record, force) : unreachable(record);
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        Path root = root(newer);
        FilesystemConnector opened = (root != null) ? this.roots.get(root) : null;
        boolean sameRoot = root != null && root.equals(root(older));
        return opened == null || sameRoot && opened.undo().dependsOn(newer, older);
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) throws Exception {
        Path root = root(record);
        FilesystemConnector opened = (root != null) ? this.roots.get(root) : null;
        return (opened != null) ? opened.undo().reversal(record, blobs) : null;
    }

    private static StepRestoration unreachable(UndoRecord record) {
        return StepRestoration.of(
                record,
                Restoration.FAILED,
                "Its record names no directory; roll back from the application that ran it.");
    }

    @Override
    public void close() {
        for (FilesystemConnector opened : this.roots.values()) {
            try {
                opened.close();
            } catch (IOException ex) {
                throw new CommandException("A directory could not be closed");
            }
        }
    }
}
