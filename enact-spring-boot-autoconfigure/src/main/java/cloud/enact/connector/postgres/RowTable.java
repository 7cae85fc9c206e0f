package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as the catalogue has it.
 *
 * @param name its name
 * @param writable whether it is a table, and not a view or a foreign one
 * @param alone whether a statement on it changes no other rows of it, as triggers, references and rules could
 * @param columns its columns, in order
 */
record RowTable(TableName name, boolean writable, boolean alone, List<RowColumn> columns) {

    private static final int LONGEST_NAME = 63;

    private static final String FIND = """
            SELECT c.relkind IN ('r', 'p'), a.attname, tn.nspname, t.typname,
              CASE WHEN a.atttypmod >= 0 AND tn.nspname = 'pg_catalog'
                AND t.typname IN ('numeric', 'bpchar', 'time', 'timetz', 'timestamp', 'timestamptz')
                THEN substring(pg_catalog.format_type(a.atttypid, a.atttypmod) from '[(].*[)]') END,
              t.typcategory = 'A',
              coalesce(a.attnum = ANY (k.conkey), false),
              NOT (c.relhastriggers OR c.relhasrules)
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            ORDER BY a.attnum""";

    /**
     * Looks a table up.
     *
     * @throws ConnectorException when there is none of that name
     */
    static RowTable find(Connection connection, TableName name) throws SQLException {
        List<RowColumn> columns = new ArrayList<>();
        boolean writable = false;
        boolean alone = false;
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, name.schema());
            statement.setString(2, name.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    writable = rows.getBoolean(1);
                    alone = rows.getBoolean(8);
                    String modifier = rows.getString(5);
                    columns.add(new RowColumn(
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            (modifier != null) ? modifier : "",
                            rows.getBoolean(6),
                            rows.getBoolean(7)));
                }
            }
        }
        if (columns.isEmpty()) {
            throw new ConnectorException("there is no such table; give its name with its schema, as in public.orders");
        }
        return new RowTable(name, writable, alone, List.copyOf(columns));
    }

    /** The column of a name. */
    RowColumn column(String wanted) {
        for (RowColumn column : this.columns) {
            if (column.name().equals(wanted)) {
                return column;
            }
        }
        boolean sayable = wanted.length() <= LONGEST_NAME && wanted.chars().noneMatch(Character::isISOControl);
        throw new ConnectorException(this.name + " has no column " + (sayable ? "'" + wanted + "'" : "of that name")
                + "; its columns are " + names(this.columns));
    }

    /** The columns of its primary key; none when it has no primary key. */
    List<RowColumn> key() {
        return this.columns.stream().filter(RowColumn::key).toList();
    }

    private static List<String> names(List<RowColumn> columns) {
        return columns.stream().map(RowColumn::name).toList();
    }
}
