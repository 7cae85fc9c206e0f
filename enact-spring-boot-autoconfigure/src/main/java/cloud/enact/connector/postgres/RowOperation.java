package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the connector can do. */
enum RowOperation {
    SELECT_ROWS(Reversibility.READ_ONLY, "where", "columns", "order_by", "descending", "limit"),
    COUNT_ROWS(Reversibility.READ_ONLY, "where"),
    INSERT_ROW(Reversibility.REVERSIBLE, "data", "unique_columns"),
    INSERT_ROWS(Reversibility.REVERSIBLE, "rows"),
    UPDATE_ROW(Reversibility.REVERSIBLE, "data", "where", "expected_rows"),
    DELETE_ROW(Reversibility.REVERSIBLE, "where", "expected_rows"),
    UPSERT_ROW(Reversibility.REVERSIBLE, "data", "conflict_columns");

    private final Reversibility reversibility;

    /** Besides the table, which all of them take. */
    private final Set<String> arguments;

    RowOperation(Reversibility reversibility, String... arguments) {
        this.reversibility = reversibility;
        this.arguments = Set.of(arguments);
    }

    /**
     * The operation of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static RowOperation known(String id) {
        List<String> ids = new ArrayList<>();
        for (RowOperation operation : values()) {
            if (operation.id().equals(id)) {
                return operation;
            }
            ids.add(operation.id());
        }
        throw new IllegalArgumentException("A PostgreSQL connector has no such operation; it has " + ids);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Reversibility reversibility() {
        return this.reversibility;
    }

    boolean takes(String argument) {
        return argument.equals("table") || this.arguments.contains(argument);
    }

    Set<String> arguments() {
        return this.arguments;
    }
}
