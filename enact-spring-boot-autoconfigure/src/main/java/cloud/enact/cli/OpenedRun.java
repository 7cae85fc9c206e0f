package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.connector.filesystem.FilesystemRoots;
import cloud.enact.encryption.KeyRing;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What it takes to look after one run without its application. For one command, on one thread. */
final class OpenedRun implements AutoCloseable {

    private final CliKeys dataKeys;

    private final SqliteUndoLog undoLog;

    private final ReceiptLog log;

    private final ReceiptVerifier verifier;

    private final BlobStore blobs;

    private final List<FilesystemRoots> roots;

    private final List<StepUndo> undos;

    private OpenedRun(
            CliKeys dataKeys,
            SqliteUndoLog undoLog,
            ReceiptLog log,
            ReceiptVerifier verifier,
            BlobStore blobs,
            List<FilesystemRoots> roots,
            List<StepUndo> undos) {
        this.dataKeys = dataKeys;
        this.undoLog = undoLog;
        this.log = log;
        this.verifier = verifier;
        this.blobs = blobs;
        this.roots = roots;
        this.undos = undos;
    }

    /**
     * Opens it.
     *
     * @param lease of the log to write, or {@code null} to read only
     * @param undoDirectory where captured content is, or {@code null} for beside the store
     */
    static OpenedRun open(
            StoreOptions options,
            SqliteReceiptStore store,
            @Nullable LogLease lease,
            RunId runId,
            DatabaseOptions database,
            @Nullable Path undoDirectory) {
        ReceiptKeys keys = options.signingKeys();
        CliKeys dataKeys = CliKeys.toWrite(options);
        @Nullable SqliteUndoLog undoLog = null;
        List<FilesystemRoots> roots = List.of();
        try {
            undoLog = (lease != null)
                    ? SqliteUndoLog.open(store.file(), keys.undoSeal(), dataKeys.undo())
                    : SqliteUndoLog.openReadOnly(store.file(), keys.undoSeal(), dataKeys.undo());
            List<UndoRecord> records = records(undoLog, runId);
            Path directory =
                    (undoDirectory != null) ? undoDirectory : store.file().resolveSibling("undo");
            BlobStore blobs = blobs(directory, lease != null, dataKeys.ringOrNull());
            roots = RecordedRoots.open(records, blobs);
            List<StepUndo> undos = new ArrayList<>(roots);
            if (database.isGiven()) {
                RecordedRows.of(records, database.login(), database.name()).ifPresent(undos::add);
            }
            ReceiptLog log = ReceiptLog.groupCommit(
                    (lease != null) ? lease.log() : "preview",
                    store,
                    keys,
                    dataKeys.masking(store),
                    ReceiptLogOptions.defaults(),
                    Clock.systemUTC());
            return new OpenedRun(dataKeys, undoLog, log, new ReceiptVerifier(store, keys), blobs, roots, undos);
        } catch (RuntimeException ex) {
            roots.forEach(RecordedRoots::close);
            if (undoLog != null) {
                undoLog.close();
            }
            dataKeys.close();
            throw ex;
        }
    }

    /** What can't be trusted names no directories: whoever looks after the run finds that, too, and refuses. */
    private static List<UndoRecord> records(UndoLog undoLog, RunId runId) {
        try {
            return undoLog.findByRun(runId);
        } catch (UndoLogException ex) {
            return List.of();
        }
    }

    private static BlobStore blobs(Path directory, boolean writing, @Nullable KeyRing keys) {
        try {
            if (keys == null) {
                return writing ? BlobStore.inDirectory(directory) : BlobStore.readOnly(directory);
            }
            return writing
                    ? BlobStore.inDirectory(directory, BlobStore.DEFAULT_MAX_BYTES, keys, true)
                    : BlobStore.readOnly(directory, keys);
        } catch (IOException ex) {
            throw new CommandException("The directory of captured content, " + directory + ", can't be used");
        }
    }

    UndoLog undoLog() {
        return this.undoLog;
    }

    ReceiptLog log() {
        return this.log;
    }

    ReceiptVerifier verifier() {
        return this.verifier;
    }

    BlobStore blobs() {
        return this.blobs;
    }

    List<StepUndo> undos() {
        return this.undos;
    }

    @Override
    public void close() {
        this.log.close();
        try {
            this.roots.forEach(RecordedRoots::close);
        } finally {
            this.undoLog.close();
            this.dataKeys.close();
        }
    }
}
