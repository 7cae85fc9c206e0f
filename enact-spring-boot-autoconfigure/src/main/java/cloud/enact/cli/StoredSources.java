package cloud.enact.cli;

import cloud.enact.console.ConsoleSources;
import cloud.enact.encryption.KeyRing;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.receipt.sqlite.SqliteWordIndex;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the console shows of an embedded store; opened for reading, and closed in the other order. */
final class StoredSources implements AutoCloseable {

    private final Deque<Runnable> opened = new ArrayDeque<>();

    private final ConsoleSources sources;

    private StoredSources(
            StoreOptions options,
            SqliteReceiptStore store,
            @Nullable Path undoDirectory,
            Masking masking,
            @Nullable StoredRuns rollbacks) {
        try {
            CliKeys keys = CliKeys.toRead(options);
            this.opened.push(keys::close);
            ReceiptKeys verification = options.verificationKeys();
            this.sources = new ConsoleSources(
                    store,
                    new ReceiptVerifier(store, verification),
                    keys.contents(),
                    masking,
                    undoLog(options, store, keys),
                    blobs(store, keys.ringOrNull(), undoDirectory),
                    rollbacks,
                    null,
                    null,
                    null,
                    null,
                    null,
                    search(store),
                    null,
                    null);
        } catch (RuntimeException ex) {
            close();
            throw ex;
        }
    }

    /**
     * Opens them.
     *
     * @param undoDirectory where captured content is, or {@code null} for beside the store
     * @param masking takes secrets out of captured state
     * @param rollbacks undoes runs, or {@code null} where nobody shall
     */
    static StoredSources open(
            StoreOptions options,
            SqliteReceiptStore store,
            @Nullable Path undoDirectory,
            Masking masking,
            @Nullable StoredRuns rollbacks) {
        return new StoredSources(options, store, undoDirectory, masking, rollbacks);
    }

    ConsoleSources sources() {
        return this.sources;
    }

    /** What was captured can be trusted by who has the secret that it is sealed with. */
    private @Nullable SqliteUndoLog undoLog(StoreOptions options, SqliteReceiptStore store, CliKeys keys) {
        if (!options.canSign()) {
            return null;
        }
        SqliteUndoLog undoLog =
                SqliteUndoLog.openReadOnly(store.file(), options.signingKeys().undoSeal(), keys.undo());
        this.opened.push(undoLog::close);
        return undoLog;
    }

    private static BlobStore blobs(SqliteReceiptStore store, @Nullable KeyRing ring, @Nullable Path undoDirectory) {
        Path directory = (undoDirectory != null) ? undoDirectory : store.file().resolveSibling("undo");
        return (ring != null) ? BlobStore.readOnly(directory, ring) : BlobStore.readOnly(directory);
    }

    private @Nullable ReceiptSearch search(SqliteReceiptStore store) {
        Path file = SqliteWordIndex.beside(store.file());
        if (!Files.exists(file)) {
            return null;
        }
        SqliteWordIndex index = SqliteWordIndex.openReadOnly(file);
        this.opened.push(index::close);
        return new ReceiptSearch(store, index);
    }

    @Override
    public void close() {
        while (!this.opened.isEmpty()) {
            this.opened.pop().run();
        }
    }
}
