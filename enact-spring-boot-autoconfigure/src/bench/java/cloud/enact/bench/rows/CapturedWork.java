package cloud.enact.bench.rows;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.postgres.CapturedTransaction;
import cloud.enact.undo.postgres.Resolutions;
import cloud.enact.undo.postgres.RestoreReport;
import cloud.enact.undo.postgres.RowRestore;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Work of a governed action, and the way back. */
final class CapturedWork {

    private final SecureRandom random = new SecureRandom();

    private final RowRestore restore = new RowRestore(Duration.ofSeconds(10), 10, (table, column, text) -> text);

    /** Does something in a captured transaction, and returns its marker. */
    long perform(Connection connection, Work work) throws SQLException {
        CapturedTransaction transaction =
                CapturedTransaction.enter(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
        work.run();
        if (transaction.finish().isEmpty()) {
            throw new IllegalStateException("Nothing was captured");
        }
        connection.commit();
        return transaction.marker();
    }

    void restore(Connection connection, long marker) {
        RestoreReport report = this.restore.restore(connection, List.of(marker), Resolutions.none());
        if (report.restoration() != Restoration.RESTORED) {
            throw new IllegalStateException("Not restored: " + report);
        }
    }

    /** What is done in the transaction. */
    interface Work {

        void run() throws SQLException;
    }
}
