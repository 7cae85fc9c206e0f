package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.postgres.TableName;
import java.util.List;

/** Adds a row, or gives the one that is there already its values. */
final class UpsertRow extends InsertRows {

    private final RowData data;

    private final List<String> conflictColumns;

    UpsertRow(String connector, RowArguments args, TableName table, RowDatabase database) {
        super(connector, args, table, database, List.of(args.data()));
        this.data = args.data();
        this.conflictColumns = args.names("conflict_columns");
    }

    @Override
    List<RowColumn> naming(RowTable found) {
        return this.conflictColumns.isEmpty()
                ? found.key()
                : this.conflictColumns.stream().map(found::column).toList();
    }

    @Override
    SqlText statement(RowTable found) {
        List<RowColumn> conflict = naming(found);
        if (conflict.isEmpty()) {
            throw new ConnectorException(found.name() + " has no primary key; name conflict_columns");
        }
        List<RowColumn> columns = this.data.columns(found);
        SqlText sql = new SqlText("INSERT INTO ")
                .add(found.name())
                .add(" (")
                .add(columns)
                .add(") VALUES (");
        String separator = "";
        for (RowColumn column : columns) {
            sql.add(separator).value(column, this.data.value(column));
            separator = ", ";
        }
        sql.add(") ON CONFLICT (").add(conflict).add(") DO ");
        List<RowColumn> others =
                columns.stream().filter(column -> !conflict.contains(column)).toList();
        if (others.isEmpty()) {
            return returning(sql.add("NOTHING"), found);
        }
        separator = "UPDATE SET ";
        for (RowColumn column : others) {
            sql.add(separator).add(column).add(" = EXCLUDED.").add(column);
            separator = ", ";
        }
        return returning(sql, found);
    }

    @Override
    String done() {
        return "unchanged";
    }
}
