package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Returns rows of a table, or how many there are. */
final class ReadRows extends RowStep {

    private static final int LONGEST_VALUE = 65_536;

    private final boolean counts;

    private final List<Condition> where;

    private final List<String> columns;

    private final List<String> order;

    private final boolean descending;

    private final int limit;

    private final int maxCharacters;

    ReadRows(String connector, RowArguments args, TableName table, RowDatabase database, PostgresLimits limits) {
        super(connector, args, table, database);
        this.counts = (args.operation() == RowOperation.COUNT_ROWS);
        this.where = args.where();
        this.columns = args.names("columns");
        this.order = args.names("order_by");
        this.descending = args.descending();
        Long limit = args.number("limit");
        this.limit = (limit != null) ? (int) Math.min(limit, limits.maxRows()) : limits.maxRows();
        this.maxCharacters = limits.maxCharacters();
    }

    @Override
    public @Nullable Capture capture(BlobStore blobs) {
        return null;
    }

    @Override
    public StepResult apply(@Nullable Capture capture) {
        return RowTrouble.told(
                operation(), () -> this.database.reading(connection -> new StepResult(read(connection), null, null)));
    }

    @Override
    public Map<String, @Nullable Object> recorded(StepResult result) {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>(result.output());
        if (recorded.get("rows") instanceof List<?> rows) {
            recorded.put("rows", rows.size());
        }
        return recorded;
    }

    private Map<String, @Nullable Object> read(Connection connection) throws SQLException {
        RowTable found = find(connection);
        Map<String, @Nullable Object> output = output();
        if (this.counts) {
            output.put("count", count(connection, found, this.where));
            return output;
        }
        List<RowColumn> selected = this.columns.isEmpty()
                ? found.columns()
                : this.columns.stream().map(found::column).toList();
        try (PreparedStatement statement = select(found, selected).prepare(connection);
                ResultSet result = statement.executeQuery()) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            boolean more = false;
            while (result.next()) {
                // as many as there are within the limit and one more, whether they are returned or not
                boolean fits = result.getLong(selected.size() + 1) <= this.maxCharacters;
                more = !fits || rows.size() == this.limit;
                if (more) {
                    break;
                }
                rows.add(row(result, selected));
            }
            if (more && rows.isEmpty() && this.limit > 0) {
                throw new ConnectorException(
                        "a single row is larger than what is returned at once; name fewer columns");
            }
            output.put("rows", rows);
            output.put("truncated", more);
            return output;
        }
    }

    static long count(Connection connection, RowTable table, List<Condition> where) throws SQLException {
        SqlText sql = new SqlText("SELECT count(*) FROM ").add(table.name()).where(table, where);
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Cut in the server, so that the memory here does not depend on what is in the table. */
    private SqlText select(RowTable found, List<RowColumn> selected) {
        SqlText sql = new SqlText("SELECT ");
        StringBuilder size = new StringBuilder("0");
        for (int i = 1; i <= selected.size(); i++) {
            sql.add("CASE WHEN s.size <= " + this.maxCharacters + " THEN s.\"" + i + "\" END, ");
            size.append(" + coalesce(length(r.\"").append(i).append("\"), 0)");
        }
        sql.add("s.size FROM (SELECT r.*, sum(" + size + ") OVER (ROWS UNBOUNDED PRECEDING) AS size FROM (SELECT ");
        for (int i = 1; i <= selected.size(); i++) {
            sql.add((i > 1) ? ", " : "")
                    .add("pg_catalog.left(")
                    .add(selected.get(i - 1))
                    .add("::text, " + (LONGEST_VALUE + 1) + ") AS \"" + i + "\"");
        }
        sql.add(" FROM ").add(found.name()).where(found, this.where);
        String separator = " ORDER BY ";
        for (String column : this.order) {
            sql.add(separator).add(found.column(column)).add(this.descending ? " DESC" : "");
            separator = ", ";
        }
        return sql.add(" LIMIT " + (this.limit + 1L) + ") r) s");
    }

    private static Map<String, @Nullable Object> row(ResultSet result, List<RowColumn> selected) throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < selected.size(); i++) {
            String text = result.getString(i + 1);
            if (text != null && text.length() > LONGEST_VALUE) {
                throw new ConnectorException(
                        "a value of column '" + selected.get(i).name() + "' has more than " + LONGEST_VALUE
                                + " characters; leave the column out with 'columns'");
            }
            row.put(selected.get(i).name(), RowValues.json(selected.get(i), text));
        }
        return row;
    }
}
