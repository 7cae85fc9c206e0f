package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Adds rows that all have the same columns. */
class InsertRows extends ChangeRows {

    private final List<RowData> rows;

    InsertRows(String connector, RowArguments args, TableName table, RowDatabase database, List<RowData> rows) {
        super(connector, args, table, database);
        this.rows = rows;
    }

    @Override
    Count count(Connection connection, RowTable found) throws SQLException {
        List<RowColumn> columns = this.rows.get(0).columns(found);
        List<RowColumn> naming = naming(found);
        boolean named = !naming.isEmpty()
                && this.rows.stream().allMatch(row -> naming.stream().allMatch(column -> row.value(column) != null));
        return new Count(this.rows.size(), named && identical(connection, found, columns) == this.rows.size());
    }

    /** The columns that tell which row it is; none when nothing does. */
    List<RowColumn> naming(RowTable found) {
        return found.key();
    }

    private long identical(Connection connection, RowTable found, List<RowColumn> columns) throws SQLException {
        SqlText sql = new SqlText("SELECT count(*) FROM ").add(found.name());
        String separator = " WHERE ";
        for (RowData row : this.rows) {
            // what names the row is compared as such, too, for the sake of its index
            for (RowColumn key : naming(found)) {
                sql.add(separator).add(key).add(" = ").value(key, row.value(key));
                separator = " AND ";
            }
            sql.add(separator).same(columns, row);
            separator = " OR ";
        }
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    SqlText statement(RowTable found) {
        List<RowColumn> columns = this.rows.get(0).columns(found);
        SqlText sql = new SqlText("INSERT INTO ")
                .add(found.name())
                .add(" (")
                .add(columns)
                .add(") VALUES ");
        String between = "";
        for (RowData row : this.rows) {
            sql.add(between).add("(");
            String separator = "";
            for (RowColumn column : columns) {
                sql.add(separator).value(column, row.value(column));
                separator = ", ";
            }
            sql.add(")");
            between = ", ";
        }
        return returning(sql, found);
    }

    final SqlText returning(SqlText sql, RowTable found) {
        String separator = " RETURNING ";
        for (RowColumn key : returned(found)) {
            sql.add(separator).add(key).add("::text");
            separator = ", ";
        }
        return sql;
    }

    @Override
    final List<RowColumn> returned(RowTable found) {
        return found.key();
    }

    @Override
    String done() {
        return "inserted";
    }
}
