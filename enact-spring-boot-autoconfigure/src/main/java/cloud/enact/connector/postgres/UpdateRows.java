package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives columns of rows other values. */
final class UpdateRows extends ChangeRows {

    private final RowData data;

    private final List<Condition> where;

    private final @Nullable Long expected;

    UpdateRows(String connector, RowArguments args, TableName table, RowDatabase database) {
        super(connector, args, table, database);
        this.data = args.data();
        this.where = args.requiredWhere();
        this.expected = args.number("expected_rows");
    }

    @Override
    Count count(Connection connection, RowTable found) throws SQLException {
        SqlText sql = new SqlText("SELECT count(*), count(*) FILTER (WHERE ")
                .same(this.data.columns(found), this.data)
                .add(") FROM ")
                .add(found.name())
                .where(found, this.where);
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            result.next();
            long rows = result.getLong(1);
            return new Count(rows, rows > 0 && rows == result.getLong(2));
        }
    }

    @Override
    public Object found() {
        return digest(this.where);
    }

    @Override
    SqlText statement(RowTable found) {
        SqlText sql = new SqlText("UPDATE ").add(found.name()).add(" SET ");
        String separator = "";
        for (RowColumn column : this.data.columns(found)) {
            sql.add(separator).add(column).add(" = ").value(column, this.data.value(column));
            separator = ", ";
        }
        return sql.where(found, this.where);
    }

    @Override
    String done() {
        return "unchanged";
    }

    @Override
    @Nullable
    Long expected() {
        return this.expected;
    }
}
