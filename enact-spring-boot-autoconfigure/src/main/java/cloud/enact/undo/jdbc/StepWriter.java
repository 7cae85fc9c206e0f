package cloud.enact.undo.jdbc;

import cloud.enact.jdbc.Sql;
import cloud.enact.jdbc.Transaction;
import cloud.enact.undo.PendingStep;
import cloud.enact.undo.UndoDocuments;
import cloud.enact.undo.UndoLogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Begins and ends steps: one commit for a whole batch. */
final class StepWriter {

    /** What one message to the server holds; a larger batch takes several, in one transaction. */
    private static final long MESSAGE = 8L * 1024 * 1024;

    private final UndoDocuments documents;

    private final String positions;

    private final String begin;

    private final String beginHeld;

    private final String end;

    StepWriter(UndoDocuments documents, Sql sql) {
        this.documents = documents;
        this.positions = sql.of("SELECT enact.undo_positions(?)");
        this.begin = sql.of("SELECT enact.undo_begin(?, ?, ?, ?)");
        this.beginHeld = sql.of("SELECT enact.undo_begin_held(?, ?, ?, ?, ?)");
        this.end = sql.of("SELECT enact.undo_end(?, ?, ?)");
    }

    private record Row(long position, UUID runId, UndoDocuments.Sealed document) {}

    /** Begins the steps of a batch in these places; those that can't be, each for itself, are told so. */
    void begin(Connection connection, List<PendingStep> batch, List<Long> positions) throws SQLException {
        try (Transaction transaction = new Transaction(connection)) {
            List<Row> message = new ArrayList<>();
            long bytes = 0;
            for (int i = 0; i < batch.size(); i++) {
                PendingStep step = batch.get(i);
                UndoDocuments.Sealed document = step.write(this.documents, positions.get(i));
                if (document == null) {
                    continue;
                }
                Row row = new Row(positions.get(i), step.runId().value(), document);
                Long[] tokens = tokens(step);
                if (tokens.length > 0) {
                    transaction.begin();
                    beginHeld(connection, step, tokens, row);
                    continue;
                }
                message.add(row);
                bytes += document.bytes().length;
                if (bytes > MESSAGE) {
                    transaction.begin();
                    beginAll(connection, message);
                    message.clear();
                    bytes = 0;
                }
            }
            beginAll(connection, message);
            transaction.commit();
        }
    }

    private static Long[] tokens(PendingStep step) {
        return step.claims().stream()
                .filter(RunClaim.class::isInstance)
                .map(claim -> ((RunClaim) claim).token())
                .distinct()
                .toArray(Long[]::new);
    }

    /** Draws places for so many steps, in ascending order; those that are not used are never drawn again. */
    List<Long> positions(Connection connection, int count) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.positions)) {
            statement.setInt(1, count);
            List<Long> positions = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
            }
            // the order in which they were drawn is not promised to be the order in which they come
            positions.sort(null);
            return positions;
        }
    }

    private void beginAll(Connection connection, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(this.begin)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", rows.stream().map(Row::position).toArray(Long[]::new)));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid", rows.stream().map(Row::runId).toArray(UUID[]::new)));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bytea",
                            rows.stream().map(row -> row.document().bytes()).toArray(byte[][]::new)));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "text",
                            rows.stream().map(row -> row.document().tag()).toArray(String[]::new)));
            statement.execute();
        }
    }

    private void beginHeld(Connection connection, PendingStep step, Long[] tokens, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.beginHeld)) {
            statement.setArray(1, connection.createArrayOf("int8", tokens));
            statement.setLong(2, row.position());
            statement.setObject(3, row.runId());
            statement.setBytes(4, row.document().bytes());
            statement.setString(5, row.document().tag());
            try (ResultSet answer = statement.executeQuery()) {
                if (!answer.next() || !answer.getBoolean(1)) {
                    step.failed(new UndoLogException(
                            "Another process has taken over what this one was undoing, so this one does no more of it",
                            null));
                }
            }
        }
    }

    /**
     * Ends a step.
     *
     * @return whether it had not ended before
     */
    boolean end(Connection connection, long position, UndoDocuments.Sealed document) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.end)) {
            statement.setLong(1, position);
            statement.setBytes(2, document.bytes());
            statement.setString(3, document.tag());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
