package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorStep;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One prepared operation on a table. */
abstract class RowStep extends ConnectorStep {

    protected final TableName table;

    protected final RowDatabase database;

    RowStep(String connector, RowArguments args, TableName table, RowDatabase database) {
        super(connector, args.operation(), args.describe(table));
        this.table = table;
        this.database = database;
    }

    @Override
    public final String undoneBy() {
        return this.database.undo().connector();
    }

    @Override
    public Map<String, @Nullable Object> undoArgs() {
        return output();
    }

    /** Finds the table and what the conditions need of it. */
    final RowTable find(Connection connection) throws SQLException {
        RowTable found = RowTable.find(connection, this.table);
        if (reversibility() != Reversibility.READ_ONLY && !found.writable()) {
            throw new ConnectorException(this.table + " is a view or lies elsewhere, and only tables are changed");
        }
        return found;
    }

    final Map<String, @Nullable Object> output() {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("table", this.table.toString());
        return output;
    }
}
