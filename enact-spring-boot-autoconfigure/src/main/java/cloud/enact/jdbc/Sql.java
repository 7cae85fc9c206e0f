package cloud.enact.jdbc;

/**
 * Statements, in the schema of a store.
 *
 * @param schema the schema as SQL names it
 */
public record Sql(String schema) {

    /** Puts the schema where a statement says {@code enact.}. */
    public String of(String statement) {
        return statement.replace("enact.", this.schema + ".");
    }
}
