package cloud.enact.undo.jdbc;

import cloud.enact.jdbc.SchemaName;
import java.time.Duration;

/**
 * How the undo log is kept in PostgreSQL.
 *
 * @param schema schema of the tables
 * @param lease how long a run stays with a process that undoes it and is not heard of
 * @param timeout how long the server may take for one statement
 */
public record JdbcUndoOptions(SchemaName schema, Duration lease, Duration timeout) {

    public JdbcUndoOptions {
        if (lease.toSeconds() < 1 || timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("The lease and the timeout of the undo log must be 1s or more");
        }
    }
}
