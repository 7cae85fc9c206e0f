package cloud.enact.analysis.sql;

import java.util.List;

/**
 * The name of a table or another thing in a database.
 *
 * @param parts catalogue, schema and name as far as they are written, the name last; folded as PostgreSQL folds them:
 *     small letters unless quoted
 */
public record SqlName(List<String> parts) {

    public SqlName {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A name has at least one part");
        }
        parts = List.copyOf(parts);
    }

    /** The last part. */
    public String name() {
        return this.parts.get(this.parts.size() - 1);
    }

    @Override
    public String toString() {
        return String.join(".", this.parts);
    }
}
