package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Adds a row unless there is one with the same values in some columns. Looking and adding happen in one transaction, and
 * one at a time for each table, so that of two at once one adds its row.
 */
final class InsertNewRow extends InsertRows {

    private final RowData data;

    private final List<String> uniqueColumns;

    InsertNewRow(String connector, RowArguments args, TableName table, RowDatabase database) {
        super(connector, args, table, database, List.of(args.data()));
        this.data = args.data();
        this.uniqueColumns = args.names("unique_columns");
    }

    @Override
    List<RowColumn> naming(RowTable found) {
        List<RowColumn> naming = this.uniqueColumns.isEmpty()
                ? found.key()
                : this.uniqueColumns.stream().map(found::column).toList();
        if (naming.isEmpty() || naming.stream().anyMatch(column -> this.data.value(column) == null)) {
            throw new ConnectorException("nothing tells this row from others; name unique_columns that have values");
        }
        return naming;
    }

    @Override
    Count count(Connection connection, RowTable found) throws SQLException {
        Count count = super.count(connection, found);
        if (!count.done()) {
            requireNew(connection, found);
        }
        return count;
    }

    @Override
    void beforeChange(Connection connection, RowTable found) throws SQLException {
        if (connection.getTransactionIsolation() == Connection.TRANSACTION_REPEATABLE_READ) {
            // what others commit while this one waits could not be seen
            throw new ConnectorException("unique_columns can't be looked up in a transaction that reads repeatably");
        }
        try (PreparedStatement lock = connection.prepareStatement(
                "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('enact insert ' || ?, 0))")) {
            lock.setString(1, found.name().quoted());
            lock.execute();
        }
        requireNew(connection, found);
    }

    private void requireNew(Connection connection, RowTable found) throws SQLException {
        List<RowColumn> naming = naming(found);
        SqlText sql = new SqlText("SELECT 1 FROM ").add(found.name());
        String separator = " WHERE ";
        for (RowColumn column : naming) {
            sql.add(separator).add(column).add(" = ").value(column, this.data.value(column));
            separator = " AND ";
        }
        try (PreparedStatement statement = sql.add(" LIMIT 1").prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            if (rows.next()) {
                throw new ConnectorException("a row with the same "
                        + String.join(", ", naming.stream().map(RowColumn::name).toList())
                        + " is there already; nothing was inserted");
            }
        }
    }
}
