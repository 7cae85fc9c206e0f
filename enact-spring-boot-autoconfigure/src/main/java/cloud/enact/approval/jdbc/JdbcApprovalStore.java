package cloud.enact.approval.jdbc;

import cloud.enact.approval.ApprovalEncryption;
import cloud.enact.approval.ApprovalRow;
import cloud.enact.approval.ApprovalSeal;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.sql.SqlApprovalStore;
import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Requests for approval in PostgreSQL, for several processes. The role of the application can open a request and go on
 * with an open one, and neither change nor delete what was. Thread-safe.
 */
public final class JdbcApprovalStore extends SqlApprovalStore {

    private static final int READERS = 2;

    private final Connections connections;

    private final JdbcApprovalOptions options;

    private final Sql sql;

    private JdbcApprovalStore(
            Connections connections,
            JdbcApprovalOptions options,
            ApprovalSeal seal,
            @Nullable ApprovalEncryption encryption) {
        super(new Dialect("open", "octet_length"), options.schema().quoted() + ".approval_request", seal, encryption);
        this.connections = connections;
        this.options = options;
        this.sql = new Sql(options.schema().quoted());
    }

    /**
     * Opens the store in a schema that is prepared, see {@link ApprovalSchema}.
     *
     * @param source opens connections that nobody else uses; up to three of them are kept
     * @param seal seals every request
     * @param encryption encrypts and decrypts what may be about a person; {@code null} for none
     * @throws ApprovalStoreException when it can't be opened, or is not prepared
     */
    public static JdbcApprovalStore open(
            DataSource source,
            JdbcApprovalOptions options,
            ApprovalSeal seal,
            @Nullable ApprovalEncryption encryption) {
        return open(source, READERS, options, seal, encryption);
    }

    /**
     * Opens the store on one connection for everything.
     *
     * @param source gives the connection, which is kept
     * @throws ApprovalStoreException when it can't be opened, or is not prepared
     */
    public static JdbcApprovalStore openOnOneConnection(
            DataSource source,
            JdbcApprovalOptions options,
            ApprovalSeal seal,
            @Nullable ApprovalEncryption encryption) {
        return open(source, 0, options, seal, encryption);
    }

    private static JdbcApprovalStore open(
            DataSource source,
            int readers,
            JdbcApprovalOptions options,
            ApprovalSeal seal,
            @Nullable ApprovalEncryption encryption) {
        Connections connections = new Connections(source, readers, options.timeout(), ApprovalSchema.FAILURES);
        try {
            connections.write(connection -> {
                ApprovalSchema.require(connection, options.schema());
                return true;
            });
            return new JdbcApprovalStore(connections, options, seal, encryption);
        } catch (RuntimeException ex) {
            connections.close();
            throw ex;
        }
    }

    @Override
    protected Optional<ApprovalRow> insert(ApprovalRow row, Instant now) {
        String open = select(this.sql.of("enact.approval_open(?, ?, ?, ?, ?, ?)"));
        long pruned = now.minus(this.options.retention()).toEpochMilli();
        return this.connections.writeRepeatably(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(open)) {
                statement.setString(1, row.id());
                statement.setString(2, row.call());
                statement.setLong(3, row.expiresAt());
                statement.setBytes(4, row.document());
                statement.setString(5, row.seal());
                statement.setLong(6, pruned);
                return first(statement);
            }
        });
    }

    @Override
    protected boolean update(ApprovalRow next) {
        String replace = this.sql.of("SELECT enact.approval_replace(?, ?, ?, ?, ?)");
        return this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(replace)) {
                statement.setString(1, next.id());
                statement.setBoolean(2, next.open());
                statement.setLong(3, next.version());
                statement.setBytes(4, next.document());
                statement.setString(5, next.seal());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    @Override
    protected <T> T read(Reading<T> reading) {
        return this.connections.read(reading::on);
    }

    /** Closes the connections. */
    @Override
    public void close() {
        this.connections.close();
    }
}
