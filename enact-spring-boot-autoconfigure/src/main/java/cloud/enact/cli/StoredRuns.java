package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Undoes runs of an embedded store without their application: each time, what the run worked on is opened, and closed
 * again. Thread-safe.
 */
final class StoredRuns implements RollbackService {

    private final StoreOptions options;

    private final DatabaseOptions database;

    private final @Nullable Path undoDirectory;

    /**
     * Creates it.
     *
     * @param undoDirectory where captured content is, or {@code null} for beside the store
     */
    StoredRuns(StoreOptions options, DatabaseOptions database, @Nullable Path undoDirectory) {
        this.options = options;
        this.database = database;
        this.undoDirectory = undoDirectory;
    }

    @Override
    public RollbackReport preview(RollbackRequest request) {
        try (SqliteReceiptStore store = this.options.openToRead()) {
            return with(store, null, request.runId(), service -> service.preview(request));
        }
    }

    @Override
    public RollbackReport rollback(RollbackRequest request) {
        // a typing error must neither lease a log nor touch a file
        preview(request);
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.options.store());
                LogLease lease = store.lease(Operator.ids())) {
            return with(store, lease, request.runId(), service -> service.rollback(request));
        }
    }

    private RollbackReport with(
            SqliteReceiptStore store,
            @Nullable LogLease lease,
            RunId runId,
            Function<RollbackService, RollbackReport> work) {
        try (OpenedRun run = OpenedRun.open(this.options, store, lease, runId, this.database, this.undoDirectory)) {
            // this process runs no actions
            return work.apply(RollbackService.over(store, run.log(), run.verifier(), run.undoLog())
                    .undos(run.undos())
                    .blobs(run.blobs())
                    .build(Operator.ids(), Clock.systemUTC()));
        }
    }
}
