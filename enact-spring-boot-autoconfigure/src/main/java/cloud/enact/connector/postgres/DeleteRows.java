package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes rows. */
final class DeleteRows extends ChangeRows {

    private final List<Condition> where;

    private final @Nullable Long expected;

    DeleteRows(String connector, RowArguments args, TableName table, RowDatabase database) {
        super(connector, args, table, database);
        this.where = args.requiredWhere();
        this.expected = args.number("expected_rows");
    }

    @Override
    Count count(Connection connection, RowTable found) throws SQLException {
        long rows = ReadRows.count(connection, found, this.where);
        return new Count(rows, rows == 0);
    }

    @Override
    public Object found() {
        return digest(this.where);
    }

    @Override
    SqlText statement(RowTable found) {
        return new SqlText("DELETE FROM ").add(found.name()).where(found, this.where);
    }

    @Override
    String done() {
        return "deleted";
    }

    @Override
    @Nullable
    Long expected() {
        return this.expected;
    }
}
