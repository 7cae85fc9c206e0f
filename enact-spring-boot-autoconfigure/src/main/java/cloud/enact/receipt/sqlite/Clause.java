package cloud.enact.receipt.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions that all must hold, with their values.
 *
 * @param conditions SQL
 * @param values what stands for its question marks
 */
record Clause(List<String> conditions, List<Object> values) {

    static Clause none() {
        return new Clause(List.of(), List.of());
    }

    Clause and(String condition, Object... values) {
        List<String> conditions = new ArrayList<>(this.conditions);
        conditions.add(condition);
        List<Object> all = new ArrayList<>(this.values);
        all.addAll(List.of(values));
        return new Clause(conditions, all);
    }

    boolean isEmpty() {
        return this.conditions.isEmpty();
    }

    /** The conditions behind others. */
    String andThis() {
        return isEmpty() ? "" : " AND " + String.join(" AND ", this.conditions);
    }

    /** The conditions on their own. */
    String where() {
        return isEmpty() ? "" : " WHERE " + String.join(" AND ", this.conditions);
    }

    /** Sets the values from a place on; returns the place behind them. */
    int set(PreparedStatement statement, int from) throws SQLException {
        int at = from;
        for (Object value : this.values) {
            statement.setObject(at++, value);
        }
        return at;
    }
}
