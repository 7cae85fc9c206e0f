package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.Sql;
import cloud.enact.jdbc.Transaction;
import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.LogLeaseLostException;
import cloud.enact.receipt.Receipt;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Appends entries: one statement, one round trip, one commit for a whole batch. */
final class EntryWriter {

    /** What one message to the server holds; a larger batch takes several, in one transaction. */
    private static final long MESSAGE = 16L * 1024 * 1024;

    private final String append;

    private final String addPartition;

    EntryWriter(Sql sql) {
        this.append = sql.of("SELECT enact.receipt_append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.addPartition = sql.of("SELECT enact.receipt_add_partition(clock_timestamp())");
    }

    /**
     * Appends a batch.
     *
     * @param connection that commits each statement
     * @param token of the lease
     * @param batch of one log, in order
     * @throws LogLeaseLostException when another process took the log over
     */
    void write(Connection connection, long token, List<Receipt> batch) throws SQLException {
        try {
            writeAll(connection, token, batch);
        } catch (SQLException ex) {
            if (Failure.isLostLease(ex)) {
                throw new LogLeaseLostException(batch.get(0).log());
            }
            if (!Failure.isMissingPartition(ex)) {
                throw ex;
            }
            // nothing of the batch was stored: no partition had been made for this month
            try (PreparedStatement statement = connection.prepareStatement(this.addPartition)) {
                statement.execute();
            }
            writeAll(connection, token, batch);
        }
    }

    private void writeAll(Connection connection, long token, List<Receipt> batch) throws SQLException {
        List<List<Receipt>> messages = messages(batch);
        if (messages.size() == 1) {
            append(connection, token, batch);
            return;
        }
        try (Transaction transaction = new Transaction(connection)) {
            transaction.begin();
            for (List<Receipt> message : messages) {
                append(connection, token, message);
            }
            transaction.commit();
        }
    }

    private static List<List<Receipt>> messages(List<Receipt> batch) {
        List<List<Receipt>> messages = new ArrayList<>();
        long bytes = 0;
        int from = 0;
        for (int i = 0; i < batch.size(); i++) {
            bytes += batch.get(i).size();
            if (bytes > MESSAGE && i > from) {
                messages.add(batch.subList(from, i));
                from = i;
                bytes = batch.get(i).size();
            }
        }
        messages.add(batch.subList(from, batch.size()));
        return messages;
    }

    private void append(Connection connection, long token, List<Receipt> batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.append)) {
            statement.setString(1, batch.get(0).log());
            statement.setLong(2, token);
            statement.setLong(3, batch.get(0).seq());
            Columns columns = new Columns(connection, batch);
            statement.setArray(4, columns.of("int8", new Long[0], entry -> EntryTables.micros(entry.timestamp())));
            statement.setArray(
                    5, columns.of("uuid", new UUID[0], entry -> entry.runId().value()));
            statement.setArray(6, columns.of("uuid", new UUID[0], Receipt::actionId));
            statement.setArray(7, columns.of("uuid", new UUID[0], entry -> EntryRow.uuid(entry.originalRunId())));
            statement.setArray(8, connection.createArrayOf("bool", opens(batch)));
            statement.setArray(
                    9, columns.of("text", new String[0], entry -> entry.kind().name()));
            statement.setArray(10, columns.of("text", new String[0], entry -> ColumnText.of(entry.action())));
            statement.setArray(11, columns.of("text", new String[0], entry -> ColumnText.of(entry.actor())));
            statement.setArray(12, columns.of("text", new String[0], entry -> ColumnText.of(entry.decision())));
            statement.setArray(13, columns.of("bytea", new byte[0][], Receipt::bytes));
            statement.execute();
        }
    }

    /** Which entries open a call that has no outcome in the same batch: the list of open ones need not hear of others. */
    private static Boolean[] opens(List<Receipt> batch) {
        Boolean[] opens = new Boolean[batch.size()];
        Set<UUID> settled = new HashSet<>();
        for (int i = batch.size() - 1; i >= 0; i--) {
            Receipt entry = batch.get(i);
            if (entry.kind().settles()) {
                settled.add(entry.actionId());
            }
            opens[i] = entry.letsRun() && !settled.contains(entry.actionId());
        }
        return opens;
    }

    private record Columns(Connection connection, List<Receipt> batch) {

        private <T> Array of(String type, T[] array, Function<Receipt, @Nullable T> value) throws SQLException {
            return this.connection.createArrayOf(
                    type, this.batch.stream().map(value).toList().toArray(array));
        }
    }
}
