package cloud.enact.connector.postgres;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One prepared operation on a table. */
abstract class RowStep implements StepOperation {

    private final String connector;

    private final RowOperation operation;

    private final Map<String, @Nullable Object> args;

    protected final TableName table;

    protected final RowDatabase database;

    RowStep(String connector, RowArguments args, TableName table, RowDatabase database) {
        this.connector = connector;
        this.operation = args.operation();
        this.args = Arguments.freeze(args.describe(table));
        this.table = table;
        this.database = database;
    }

    @Override
    public final String connector() {
        return this.connector;
    }

    @Override
    public final String undoneBy() {
        return this.database.undo().connector();
    }

    @Override
    public final String operation() {
        return this.operation.id();
    }

    @Override
    public final Map<String, @Nullable Object> args() {
        return this.args;
    }

    @Override
    public Map<String, @Nullable Object> undoArgs() {
        return output();
    }

    @Override
    public Reversibility reversibility() {
        return this.operation.reversibility();
    }

    /** Finds the table and what the conditions need of it. */
    final RowTable find(Connection connection) throws SQLException {
        RowTable found = RowTable.find(connection, this.table);
        if (this.operation.reversibility() != Reversibility.READ_ONLY && !found.writable()) {
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
