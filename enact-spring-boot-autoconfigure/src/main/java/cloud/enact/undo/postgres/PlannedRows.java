package cloud.enact.undo.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decisions on the rows of a plan, and a few of them to show. */
final class PlannedRows {

    /** Characters of a value that a report shows; a value may be as large as a gigabyte. */
    private static final int SHOWN = 200;

    private static final String FORCEABLE = "p.\"enact$state\" IN ('B', 'M', 'P', 'C')";

    private final TableShape shape;

    private final Captured captured;

    private final String plan;

    PlannedRows(TableShape shape, Captured captured, String plan) {
        this.shape = shape;
        this.captured = captured;
        this.plan = plan;
    }

    /**
     * Decides.
     *
     * @param handle what a row {@code p} is skipped by
     * @param seen what it is forced by
     */
    long resolve(Session session, Resolutions resolutions, String handle, String seen) throws SQLException {
        TableName name = this.shape.name();
        String[] skipped = resolutions.handles(name, Resolutions.Choice.SKIP);
        for (int i = 0; i < skipped.length; i++) {
            skipped[i] = skipped[i].substring(0, Math.min(TableShape.HANDLE, skipped[i].length()));
        }
        long resolved = choose(session, Resolutions.Choice.SKIP, handle, skipped)
                + choose(session, Resolutions.Choice.FORCE, seen, resolutions.handles(name, Resolutions.Choice.FORCE));
        for (Resolutions.Choice choice : Resolutions.Choice.values()) {
            if (resolutions.holdFor(name, choice)) {
                resolved += session.update(decide(choice));
            }
        }
        return resolved;
    }

    private long choose(Session session, Resolutions.Choice choice, String handle, String[] handles)
            throws SQLException {
        if (handles.length == 0) {
            return 0;
        }
        String sql = decide(choice) + " AND " + handle + " = ANY (?::text[]) RETURNING 1";
        return session.list(sql, row -> 1, (Object) handles).size();
    }

    private String decide(Resolutions.Choice choice) {
        return "UPDATE " + this.plan + " p SET \"enact$state\" = "
                + switch (choice) {
                    case FORCE -> "'O' WHERE " + FORCEABLE;
                    case SKIP -> "'X' WHERE p." + RestoredTable.IN_CONFLICT;
                };
    }

    /** How many rows stand in the way. */
    long conflicts(Session session) throws SQLException {
        return session.number("SELECT count(*) FROM " + this.plan + " WHERE " + RestoredTable.IN_CONFLICT);
    }

    /** Puts those rows {@code p} that are still to be done into a state for which the rest of an UPDATE holds. */
    long mark(Session session, char state, String detail, String from, String condition) throws SQLException {
        return session.update("UPDATE " + this.plan + " p SET \"enact$state\" = '" + state + "', \"enact$detail\" = "
                + Quoted.text(detail) + " FROM " + from + " WHERE p." + RestoredTable.TO_DO + " AND " + condition);
    }

    /** Rows with a key, as they should be and as they are. */
    List<RowConflict> keyed(Session session, int limit, ValueMask mask) throws SQLException {
        String keys = this.shape.key().stream().map(key -> text(key.of("p"))).collect(Collectors.joining(", "));
        String same = this.shape.columns().stream()
                .map(column -> "record_image_eq(ROW(" + column.of("e") + "), ROW(" + column.of("t") + "))")
                .collect(Collectors.joining(", "));
        String sql =
                "SELECT p.\"enact$state\"::text, p.\"enact$detail\", " + this.shape.handle("p", "t") + ", ARRAY[" + keys
                        + "], e.\"enact$id\" IS NOT NULL, " + texts("e") + ", t.tableoid IS NOT NULL, " + texts("t")
                        + ", ARRAY[" + same + "] FROM " + first(this.shape.keys("c"), limit) + " LEFT JOIN "
                        + this.shape.name().quoted() + " t ON " + this.shape.sameKey("t", "p") + " LEFT JOIN "
                        + this.captured.rows("e") + " ON e.\"enact$id\" = CASE p.\"enact$state\" WHEN 'D' THEN"
                        + " p.\"enact$before\" ELSE p.\"enact$after\" END ORDER BY " + this.shape.keys("p");
        return session.list(sql, row -> keyed(row, mask));
    }

    /** A few are chosen before anything is looked up for them. */
    private String first(String order, int limit) {
        return "(SELECT * FROM " + this.plan + " c WHERE c." + RestoredTable.IN_CONFLICT + " ORDER BY " + order
                + " LIMIT " + limit + ") p";
    }

    private RowConflict keyed(ResultSet row, ValueMask mask) throws SQLException {
        boolean isExpected = row.getBoolean(5);
        boolean isFound = row.getBoolean(7);
        Boolean[] same = (Boolean[]) row.getArray(9).getArray();
        boolean both = isExpected && isFound;
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        @Nullable String[] keys = (String[]) row.getArray(4).getArray();
        for (int i = 0; i < keys.length; i++) {
            key.put(
                    this.shape.key().get(i).name(),
                    masked(this.shape.key().get(i).name(), keys[i], mask));
        }
        return new RowConflict(
                this.shape.name(),
                row.getString(3),
                RowConflict.Kind.of(row.getString(1)),
                key,
                isExpected ? values(row, 6, both, same, mask) : null,
                isFound ? values(row, 8, both, same, mask) : null,
                row.getString(2));
    }

    private Map<String, @Nullable String> values(
            ResultSet row, int column, boolean both, Boolean[] same, ValueMask mask) throws SQLException {
        @Nullable String[] texts = (String[]) row.getArray(column).getArray();
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i++) {
            if (!both || !same[i]) {
                String name = this.shape.columns().get(i).name();
                values.put(name, masked(name, texts[i], mask));
            }
        }
        return values;
    }

    /** Rows without a key, as they should be; how many of them there are is the detail. */
    List<RowConflict> unkeyed(Session session, int limit, ValueMask mask) throws SQLException {
        String sql = "SELECT p.\"enact$state\"::text, p.\"enact$detail\", " + TableShape.handleOf("p.\"enact$image\"")
                + ", " + texts("e") + " FROM " + first("c.\"enact$id\"", limit) + " LEFT JOIN "
                + this.captured.rows("e") + " ON e.\"enact$id\" = p.\"enact$id\" ORDER BY p.\"enact$id\"";
        return session.list(
                sql,
                row -> new RowConflict(
                        this.shape.name(),
                        row.getString(3),
                        RowConflict.Kind.of(row.getString(1)),
                        Map.of(),
                        values(row, 4, false, new Boolean[0], mask),
                        null,
                        row.getString(2)));
    }

    private String texts(String alias) {
        return "ARRAY["
                + this.shape.columns().stream()
                        .map(column -> text(column.of(alias)))
                        .collect(Collectors.joining(", "))
                + "]";
    }

    /** A cast may be a function of whoever owns the type. */
    private static String text(String value) {
        return "CASE WHEN num_nonnulls(" + value + ") > 0 THEN left(format('%s', " + value + "), " + SHOWN + ") END";
    }

    private @Nullable String masked(String column, @Nullable String text, ValueMask mask) {
        return (text != null) ? mask.mask(this.shape.name(), column, text) : null;
    }
}
