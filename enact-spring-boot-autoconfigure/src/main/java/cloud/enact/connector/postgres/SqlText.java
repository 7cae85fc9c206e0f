package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.Quoted;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement made of fixed text, quoted names and bound values, and of nothing else. Not thread-safe.
 *
 * <p>A value is bound as text that the server reads as the column's type, so that any type works. A cast to the bare
 * type neither cuts nor rounds: what the column does not take is an error.
 */
final class SqlText {

    private final StringBuilder text = new StringBuilder();

    private final List<@Nullable String> values = new ArrayList<>();

    SqlText(String fixed) {
        this.text.append(fixed);
    }

    /** A digest of all that the rows hold for which conditions hold, in whatever order they come. */
    static SqlText digest(RowTable table, List<Condition> where) {
        String row =
                "pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(ROW(enact_row.*)::pg_catalog.text, 'UTF8')), 'hex')";
        return new SqlText("SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(COALESCE("
                        + "pg_catalog.string_agg(" + row + ", '' ORDER BY " + row + "), ''), 'UTF8')), 'hex') FROM ")
                .add(table.name())
                .add(" enact_row")
                .where(table, where);
    }

    SqlText add(String fixed) {
        this.text.append(fixed);
        return this;
    }

    SqlText add(TableName table) {
        this.text.append(table.quoted());
        return this;
    }

    SqlText add(RowColumn column) {
        this.text.append(Quoted.name(column.name()));
        return this;
    }

    /** Names, separated by commas. */
    SqlText add(List<RowColumn> columns) {
        String separator = "";
        for (RowColumn column : columns) {
            add(separator).add(column);
            separator = ", ";
        }
        return this;
    }

    /** A value for a column, as it is written to it or compared with it. */
    SqlText value(RowColumn column, @Nullable Object value) {
        return value(column, value, "");
    }

    /** A value as the column would keep it, for comparing it bit for bit. */
    SqlText keptValue(RowColumn column, @Nullable Object value) {
        return value(column, value, column.modifier());
    }

    private SqlText value(RowColumn column, @Nullable Object value, String modifier) {
        this.values.add(RowValues.text(column, value));
        return add("CAST(? AS ")
                .add(Quoted.name(column.typeSchema()))
                .add(".")
                .add(Quoted.name(column.typeName()))
                .add(modifier)
                .add(")");
    }

    /** Whether the columns have the values of a row, bit for bit. */
    SqlText same(List<RowColumn> columns, RowData data) {
        add("pg_catalog.record_image_eq(ROW(").add(columns).add("), ROW(");
        String separator = "";
        for (RowColumn column : columns) {
            add(separator).keptValue(column, data.value(column));
            separator = ", ";
        }
        return add("))");
    }

    /** A WHERE for the conditions; nothing for none. */
    SqlText where(RowTable table, List<Condition> conditions) {
        String separator = " WHERE ";
        for (Condition condition : conditions) {
            add(separator);
            condition.addTo(this, table);
            separator = " AND ";
        }
        return this;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(this.text.toString());
        try {
            for (int i = 0; i < this.values.size(); i++) {
                // of no type, so that the server takes the type it is cast to
                statement.setObject(i + 1, this.values.get(i), Types.OTHER);
            }
            return statement;
        } catch (SQLException | RuntimeException ex) {
            statement.close();
            throw ex;
        }
    }
}
