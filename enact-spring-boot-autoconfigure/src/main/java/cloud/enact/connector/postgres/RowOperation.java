package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorOperation;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What the connector can do. */
enum RowOperation implements ConnectorOperation {
    SELECT_ROWS(Reversibility.READ_ONLY, "where", "columns", "order_by", "descending", "limit"),
    COUNT_ROWS(Reversibility.READ_ONLY, "where"),
    INSERT_ROW(Reversibility.REVERSIBLE, "data", "unique_columns"),
    INSERT_ROWS(Reversibility.REVERSIBLE, "rows"),
    UPDATE_ROW(Reversibility.REVERSIBLE, "data", "where", "expected_rows"),
    DELETE_ROW(Reversibility.REVERSIBLE, "where", "expected_rows"),
    UPSERT_ROW(Reversibility.REVERSIBLE, "data", "conflict_columns");

    private final Reversibility reversibility;

    private final Set<String> arguments;

    RowOperation(Reversibility reversibility, String... arguments) {
        this.reversibility = reversibility;
        Set<String> all = new TreeSet<>(Set.of(arguments));
        all.add("table");
        this.arguments = Set.copyOf(all);
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Reversibility reversibility() {
        return this.reversibility;
    }

    @Override
    public Set<String> arguments() {
        return this.arguments;
    }
}
