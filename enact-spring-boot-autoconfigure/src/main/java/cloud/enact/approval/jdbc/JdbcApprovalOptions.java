package cloud.enact.approval.jdbc;

import cloud.enact.jdbc.SchemaName;
import java.time.Duration;

/**
 * How requests for approval are kept in PostgreSQL.
 *
 * @param schema schema of the tables
 * @param timeout how long the server may take for one statement
 * @param retention how long requests are kept after they would have expired
 */
public record JdbcApprovalOptions(SchemaName schema, Duration timeout, Duration retention) {}
