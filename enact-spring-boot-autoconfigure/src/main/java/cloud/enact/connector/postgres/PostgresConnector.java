package cloud.enact.connector.postgres;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.postgres.TableName;
import cloud.enact.undo.postgres.TablePattern;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one database, counted before they are changed and put back as they were. Thread-safe.
 *
 * <p>No SQL comes in: names are quoted, values are bound, and a condition is an object of columns and what they must
 * be. A value stands for itself, {@code null} for no value, a list for any of its elements, and an object for
 * comparisons, as in {@code {">=": 3, "<": 9}}. Changing or deleting rows needs a condition.
 *
 * <p>A table without a schema is one of {@code public}. Names are taken as PostgreSQL keeps them; double quotes go
 * around a part that holds a dot. What is neither number nor truth goes in and out as the text PostgreSQL has for it.
 *
 * <p>A change is committed when it is on record, in a transaction of its own. Inside a transaction of the application
 * it becomes part of that, and is undone with it.
 */
public final class PostgresConnector implements Connector {

    private static final String UNDO_DATA = "enact_undo";

    private final String name;

    private final AllowedOperations<RowOperation> allowed;

    private final List<TablePattern> tables;

    private final RowDatabase database;

    private final PostgresLimits limits;

    private final StepExecutor steps;

    PostgresConnector(
            String name,
            AllowedOperations<RowOperation> allowed,
            List<TablePattern> tables,
            RowDatabase database,
            PostgresLimits limits,
            StepExecutor steps) {
        this.name = name;
        this.allowed = allowed;
        this.tables = tables;
        this.database = database;
        this.limits = limits;
        this.steps = steps;
    }

    /**
     * Starts a connector for a database.
     *
     * @param dataSource hands out connections behind a {@link ConnectionGuard}
     * @param undo the way back for what is done through that guard
     */
    public static PostgresConnectorBuilder database(DataSource dataSource, RowsUndo undo) {
        return new PostgresConnectorBuilder(dataSource, undo);
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public Set<String> operations() {
        return this.allowed.ids();
    }

    @Override
    public Reversibility reversibility(String operation) {
        return this.allowed.known(operation).reversibility();
    }

    @Override
    public StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        RowOperation known = this.allowed.require(operation, args);
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        args.forEach((argument, value) -> plain.put(argument, RowValues.plain(value)));
        RowArguments arguments = new RowArguments(known, Arguments.freeze(plain));
        TableName table = allowed(arguments.table());
        return switch (known) {
            case SELECT_ROWS, COUNT_ROWS -> new ReadRows(this.name, arguments, table, this.database, this.limits);
            case INSERT_ROW ->
                arguments.has("unique_columns")
                        ? new InsertNewRow(this.name, arguments, table, this.database)
                        : new InsertRows(this.name, arguments, table, this.database, List.of(arguments.data()));
            case INSERT_ROWS ->
                new InsertRows(this.name, arguments, table, this.database, arguments.rows(this.limits.maxRows()));
            case UPDATE_ROW -> new UpdateRows(this.name, arguments, table, this.database);
            case DELETE_ROW -> new DeleteRows(this.name, arguments, table, this.database);
            case UPSERT_ROW -> new UpsertRow(this.name, arguments, table, this.database);
        };
    }

    private TableName allowed(TableName table) {
        // what the way back needs is out of reach, whatever is allowed
        if (table.schema().equals(UNDO_DATA) || this.tables.stream().noneMatch(pattern -> allows(pattern, table))) {
            throw new IllegalArgumentException("The table is not one that connector '" + this.name
                    + "' may use; allow it by adding it to the connector's tables");
        }
        return table;
    }

    /** What PostgreSQL keeps for itself, such as the values it found in columns, is meant by no star. */
    private static boolean allows(TablePattern pattern, TableName table) {
        boolean system = table.schema().startsWith("pg_") || table.schema().equals("information_schema");
        return pattern.matches(table) && (!system || pattern.schema().equals(table.schema()));
    }

    /** Takes back what was changed through this database, by this connector or otherwise. */
    @Override
    public StepUndo undo() {
        return this.database.undo();
    }

    /**
     * Returns rows.
     *
     * @param where conditions for them; all rows when there are none
     * @return with {@code rows} and {@code truncated}
     * @throws IllegalArgumentException when operation or table are not allowed, or a condition can't be understood
     * @throws ConnectorException when there is no such table or column, or the database refuses
     */
    public StepResult selectRows(String table, Map<String, ? extends @Nullable Object> where) {
        return perform(RowOperation.SELECT_ROWS, args(table, "where", where));
    }

    /** Returns the columns that are named of as many rows, see {@link #selectRows(String, Map)}. */
    public StepResult selectRows(
            String table, Map<String, ? extends @Nullable Object> where, List<String> columns, int limit) {
        Map<String, @Nullable Object> args = args(table, "where", where);
        args.put("columns", columns);
        args.put("limit", limit);
        return perform(RowOperation.SELECT_ROWS, args);
    }

    /** Counts rows, all of them without a condition. */
    public long countRows(String table, Map<String, ? extends @Nullable Object> where) {
        Map<String, @Nullable Object> output =
                perform(RowOperation.COUNT_ROWS, args(table, "where", where)).output();
        return (output.get("count") instanceof Long count) ? count : 0;
    }

    /**
     * Adds a row. When the very row is there already under its primary key, it is found done: {@code inserted}.
     *
     * @return with {@code rows} and the primary key of the row, {@code key}
     */
    public StepResult insertRow(String table, Map<String, ? extends @Nullable Object> data) {
        return perform(RowOperation.INSERT_ROW, args(table, "data", data));
    }

    /**
     * Adds a row if there is none with the same values in some columns. Of two that are added at once, one is.
     *
     * @param uniqueColumns columns whose values no other row may have; those of the primary key when none are named
     * @return with {@code rows} and {@code key}
     */
    public StepResult insertNewRow(
            String table, Map<String, ? extends @Nullable Object> data, String... uniqueColumns) {
        Map<String, @Nullable Object> args = args(table, "data", data);
        args.put("unique_columns", List.of(uniqueColumns));
        return perform(RowOperation.INSERT_ROW, args);
    }

    /** Adds rows with the same columns, all or none; {@code keys} are their primary keys. */
    public StepResult insertRows(String table, Collection<? extends Map<String, ? extends @Nullable Object>> rows) {
        return perform(RowOperation.INSERT_ROWS, args(table, "rows", rows));
    }

    /**
     * Gives columns of all rows that match other values. When they have these already, it is found done:
     * {@code unchanged}.
     *
     * @param data columns and their new values
     * @param where at least one condition
     * @return with {@code rows}
     */
    public StepResult updateRow(
            String table, Map<String, ? extends @Nullable Object> data, Map<String, ? extends @Nullable Object> where) {
        Map<String, @Nullable Object> args = args(table, "data", data);
        args.put("where", where);
        return perform(RowOperation.UPDATE_ROW, args);
    }

    /** Does so if exactly as many rows match, and changes nothing otherwise. */
    public StepResult updateRow(
            String table,
            Map<String, ? extends @Nullable Object> data,
            Map<String, ? extends @Nullable Object> where,
            long expectedRows) {
        Map<String, @Nullable Object> args = args(table, "data", data);
        args.put("where", where);
        args.put("expected_rows", expectedRows);
        return perform(RowOperation.UPDATE_ROW, args);
    }

    /**
     * Deletes all rows that match. When there are none, it is found done: {@code deleted}.
     *
     * @param where at least one condition
     * @return with {@code rows}
     */
    public StepResult deleteRow(String table, Map<String, ? extends @Nullable Object> where) {
        return perform(RowOperation.DELETE_ROW, args(table, "where", where));
    }

    /** Does so if exactly as many rows match, and deletes nothing otherwise. */
    public StepResult deleteRow(String table, Map<String, ? extends @Nullable Object> where, long expectedRows) {
        Map<String, @Nullable Object> args = args(table, "where", where);
        args.put("expected_rows", expectedRows);
        return perform(RowOperation.DELETE_ROW, args);
    }

    /**
     * Adds a row, or gives the one with the same values in the conflict columns its other values.
     *
     * @param conflictColumns columns of a unique constraint; those of the primary key when none are named
     * @return with {@code rows} and {@code key}
     */
    public StepResult upsertRow(String table, Map<String, ? extends @Nullable Object> data, String... conflictColumns) {
        Map<String, @Nullable Object> args = args(table, "data", data);
        if (conflictColumns.length > 0) {
            args.put("conflict_columns", List.of(conflictColumns));
        }
        return perform(RowOperation.UPSERT_ROW, args);
    }

    private StepResult perform(RowOperation operation, Map<String, @Nullable Object> args) {
        return this.steps.perform(prepare(operation.id(), args));
    }

    private static Map<String, @Nullable Object> args(String table, String argument, Object value) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        args.put("table", table);
        args.put(argument, value);
        return args;
    }
}
