package cloud.enact.receipt.jdbc;

/** Statements, in the schema of the store. */
record Sql(String schema) {

    /** Puts the schema where a statement says {@code enact.}. */
    String of(String statement) {
        return statement.replace("enact.", this.schema + ".");
    }
}
