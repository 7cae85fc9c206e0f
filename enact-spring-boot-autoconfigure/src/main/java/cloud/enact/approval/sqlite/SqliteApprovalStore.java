package cloud.enact.approval.sqlite;

import cloud.enact.approval.ApprovalEncryption;
import cloud.enact.approval.ApprovalRow;
import cloud.enact.approval.ApprovalSeal;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.sql.SqlApprovalStore;
import cloud.enact.sqlite.Connections;
import cloud.enact.sqlite.DatabaseFile;
import cloud.enact.sqlite.Failures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests for approval in a SQLite file, which may be the file of the embedded receipt store. Several processes may
 * share it. Whoever may write the file can delete requests and put back whole earlier files, and approve nothing.
 * Thread-safe.
 */
public final class SqliteApprovalStore extends SqlApprovalStore {

    /** Those that make room for a new one. */
    private static final int PRUNED_AT_ONCE = 20;

    private static final Failures<ApprovalStoreException> FAILURES =
            new Failures<>("store of approvals", ApprovalStoreException::new);

    private final Connections connections;

    private final Duration retention;

    private SqliteApprovalStore(
            DatabaseFile file, ApprovalSeal seal, @Nullable ApprovalEncryption encryption, Duration retention) {
        super(new Dialect("open = 1", "length"), "approval_request", seal, encryption);
        this.connections = new Connections(file);
        this.retention = retention;
    }

    /**
     * Opens the file, and makes it and missing folders for the owner alone.
     *
     * @param seal seals every request
     * @param encryption encrypts and decrypts what may be about a person; {@code null} for none
     * @param retention how long requests are kept after they would have expired
     * @throws ApprovalStoreException when it can't be opened, or was written by a newer version
     */
    public static SqliteApprovalStore open(
            Path file, ApprovalSeal seal, @Nullable ApprovalEncryption encryption, Duration retention) {
        DatabaseFile prepared = DatabaseFile.prepare(file, DatabaseFile.Use.WRITING, FAILURES);
        SqliteApprovalStore store = new SqliteApprovalStore(prepared, seal, encryption, retention);
        try {
            store.connections.write(connection -> ApprovalTable.prepare(connection, FAILURES));
            return store;
        } catch (RuntimeException ex) {
            store.close();
            throw ex;
        }
    }

    @Override
    protected Optional<ApprovalRow> insert(ApprovalRow row, Instant now) {
        return this.connections.write(connection -> {
            prune(connection, now.minus(this.retention));
            Optional<ApprovalRow> open = openRow(connection, row.call());
            if (open.isPresent()) {
                return open;
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO approval_request"
                    + " (id, call, open, version, expires_at, document, seal) VALUES (?, ?, 1, ?, ?, ?, ?)")) {
                insert.setString(1, row.id());
                insert.setString(2, row.call());
                insert.setLong(3, row.version());
                insert.setLong(4, row.expiresAt());
                insert.setBytes(5, row.document());
                insert.setString(6, row.seal());
                insert.executeUpdate();
            }
            return Optional.of(row);
        });
    }

    private static void prune(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM approval_request WHERE id IN"
                + " (SELECT id FROM approval_request WHERE open = 0 AND expires_at < ? ORDER BY expires_at LIMIT "
                + PRUNED_AT_ONCE + ")")) {
            delete.setLong(1, before.toEpochMilli());
            delete.executeUpdate();
        }
    }

    @Override
    protected boolean update(ApprovalRow next) {
        return this.connections.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE approval_request"
                    + " SET open = ?, version = ?, document = ?, seal = ?"
                    + " WHERE id = ? AND version = ? AND open = 1")) {
                update.setInt(1, next.open() ? 1 : 0);
                update.setLong(2, next.version());
                update.setBytes(3, next.document());
                update.setString(4, next.seal());
                update.setString(5, next.id());
                update.setLong(6, next.version() - 1);
                return update.executeUpdate() == 1;
            }
        });
    }

    @Override
    protected <T> T read(Reading<T> reading) {
        return this.connections.read(reading::on);
    }

    /** Closes the file. */
    @Override
    public void close() {
        this.connections.close();
    }
}
