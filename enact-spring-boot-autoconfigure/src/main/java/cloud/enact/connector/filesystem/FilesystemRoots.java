package cloud.enact.connector.filesystem;

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

/** Takes back what connectors of one name did under several roots. Thread-safe. */
public final class FilesystemRoots implements StepUndo, AutoCloseable {

    private final String connector;

    private final Map<Path, FilesystemConnector> roots;

    private final String elsewhere;

    /**
     * Puts connectors together.
     *
     * @param connector their name
     * @param connectors one for each root
     * @param elsewhere what a person is told of a step under another root, a sentence
     */
    public FilesystemRoots(String connector, List<FilesystemConnector> connectors, String elsewhere) {
        this.connector = connector;
        this.elsewhere = elsewhere;
        Map<Path, FilesystemConnector> byRoot = new LinkedHashMap<>();
        connectors.forEach(each -> byRoot.put(each.root(), each));
        this.roots = Map.copyOf(byRoot);
    }

    /** The connector whose root a path is in, the root itself included, or {@code null}. */
    public @Nullable FilesystemConnector around(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            FilesystemConnector found = this.roots.get(at);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public String connector() {
        return this.connector;
    }

    private @Nullable FilesystemConnector of(UndoRecord record) {
        try {
            return this.roots.get(FilesystemConnector.recordedRoot(record));
        } catch (IllegalArgumentException ex) {
            // made by a connector of another kind, which only its application can undo
            return null;
        }
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        Map<FilesystemConnector, List<UndoRecord>> byRoot = new LinkedHashMap<>();
        Map<Long, StepRestoration> answers = new HashMap<>();
        for (UndoRecord record : newestFirst) {
            FilesystemConnector root = of(record);
            if (root != null) {
                byRoot.computeIfAbsent(root, each -> new ArrayList<>()).add(record);
            }
        }
        byRoot.forEach((root, records) ->
                root.undo().precheck(records).forEach(answer -> answers.put(answer.position(), answer)));
        return newestFirst.stream()
                .map(record -> Objects.requireNonNullElseGet(answers.get(record.position()), () -> unreachable(record)))
                .toList();
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        FilesystemConnector root = of(record);
        return (root != null) ? root.undo().undo(record, force) : unreachable(record);
    }

    @Override
    public StepRestoration undo(UndoRecord record, List<UndoRecord> planned, boolean force) {
        FilesystemConnector root = of(record);
        return (root != null) ? root.undo().undo(record, planned, force) : unreachable(record);
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        FilesystemConnector root = of(newer);
        return root == null || root == of(older) && root.undo().dependsOn(newer, older);
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) throws Exception {
        FilesystemConnector root = of(record);
        return (root != null) ? root.undo().reversal(record, blobs) : null;
    }

    private StepRestoration unreachable(UndoRecord record) {
        return StepRestoration.of(record, Restoration.FAILED, this.elsewhere);
    }

    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (FilesystemConnector each : this.roots.values()) {
            try {
                each.close();
            } catch (IOException ex) {
                failed = ex;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
