package cloud.enact.analysis.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What comes out of a query.
 *
 * @param columns columns of its list, {@code *} for all
 * @param condition what limits its rows
 * @param limited whether it can't give many rows
 */
record QueryShape(List<String> columns, SqlCondition condition, boolean limited) {

    static final QueryShape NO_QUERY = new QueryShape(List.of(), SqlCondition.PRESENT, false);

    QueryShape {
        columns = List.copyOf(columns);
    }

    /** What comes out of both together. */
    QueryShape and(QueryShape other) {
        Set<String> all = new LinkedHashSet<>(this.columns);
        all.addAll(other.columns);
        SqlCondition weaker = (this.condition.compareTo(other.condition) < 0) ? this.condition : other.condition;
        return new QueryShape(List.copyOf(all), weaker, this.limited && other.limited);
    }

    QueryShape withLimit() {
        return new QueryShape(this.columns, this.condition, true);
    }
}
