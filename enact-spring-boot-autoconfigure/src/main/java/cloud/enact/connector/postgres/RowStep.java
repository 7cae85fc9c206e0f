package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorStep;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** A digest of all that the rows hold for which conditions hold. */
    final String digest(List<Condition> where) {
        return RowTrouble.told(
                operation(),
                () -> this.database.reading(connection -> {
                    try (PreparedStatement statement =
                                    SqlText.digest(find(connection), where).prepare(connection);
                            ResultSet result = statement.executeQuery()) {
                        result.next();
                        return result.getString(1);
                    }
                }));
    }

    final Map<String, @Nullable Object> output() {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("table", this.table.toString());
        return output;
    }
}
