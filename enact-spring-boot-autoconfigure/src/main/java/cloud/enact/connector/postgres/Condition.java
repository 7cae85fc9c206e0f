package cloud.enact.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one column of a row must be. A value stands for itself, {@code null} for no value, a list for any of its
 * elements, and an object for comparisons, as in {@code {">=": 3, "<": 9}}.
 *
 * @param column name of the column
 * @param operator how it is compared
 * @param values what it is compared with; several for a list
 */
record Condition(String column, String operator, List<@Nullable Object> values) {

    private static final int MOST = 100;

    private static final int MOST_VALUES = 1000;

    private static final String EQUAL = "=";

    private static final String UNEQUAL = "!=";

    private static final Set<String> OPERATORS = Set.of(EQUAL, UNEQUAL, "<", "<=", ">", ">=");

    /**
     * Reads the conditions for a row, all of which must hold.
     *
     * @throws IllegalArgumentException when one can't be understood
     */
    static List<Condition> all(Map<?, ?> where) {
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<?, ?> entry : where.entrySet()) {
            String column = String.valueOf(entry.getKey());
            if (entry.getValue() instanceof Map<?, ?> comparisons) {
                if (comparisons.isEmpty()) {
                    throw new IllegalArgumentException("A condition in 'where' is empty; it would hold for every row");
                }
                comparisons.forEach((operator, value) -> conditions.add(of(column, String.valueOf(operator), value)));
            } else {
                conditions.add(of(column, EQUAL, entry.getValue()));
            }
        }
        if (conditions.size() > MOST) {
            throw new IllegalArgumentException("'where' has more than " + MOST + " conditions");
        }
        return List.copyOf(conditions);
    }

    private static Condition of(String column, String operator, @Nullable Object value) {
        if (!OPERATORS.contains(operator)) {
            throw new IllegalArgumentException("A condition in 'where' compares with one of " + new TreeSet<>(OPERATORS)
                    + ", with a value, or with a list of values");
        }
        List<@Nullable Object> values = new ArrayList<>();
        if (value instanceof List<?> list) {
            if (!operator.equals(EQUAL)) {
                throw new IllegalArgumentException("A list in 'where' goes with = only");
            }
            if (list.isEmpty() || list.size() > MOST_VALUES) {
                throw new IllegalArgumentException(
                        "A list in 'where' has 1 to " + MOST_VALUES + " values; split it, or leave it out");
            }
            values.addAll(list);
        } else {
            values.add(value);
        }
        for (Object each : values) {
            if (each instanceof Map || each instanceof List) {
                throw new IllegalArgumentException("'where' compares with single values");
            }
            if (each == null && !operator.equals(EQUAL) && !operator.equals(UNEQUAL)) {
                throw new IllegalArgumentException("Nothing is less or greater than null; use = or !=");
            }
        }
        return new Condition(column, operator, values);
    }

    void addTo(SqlText sql, RowTable table) {
        RowColumn found = table.column(this.column);
        List<@Nullable Object> given = new ArrayList<>(this.values);
        boolean orNull = given.removeIf(value -> value == null);
        if (given.isEmpty()) {
            sql.add(found).add(this.operator.equals(UNEQUAL) ? " IS NOT NULL" : " IS NULL");
            return;
        }
        sql.add("(")
                .add(found)
                .add(" ")
                .add(given.size() > 1 ? "IN" : sqlOperator())
                .add(" (");
        String separator = "";
        for (Object value : given) {
            sql.add(separator).value(found, value);
            separator = ", ";
        }
        sql.add(")");
        if (orNull) {
            sql.add(" OR ").add(found).add(" IS NULL");
        }
        sql.add(")");
    }

    private String sqlOperator() {
        return this.operator.equals(UNEQUAL) ? "<>" : this.operator;
    }
}
