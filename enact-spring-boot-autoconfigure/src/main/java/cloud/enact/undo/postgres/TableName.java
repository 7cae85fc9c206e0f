package cloud.enact.undo.postgres;

/**
 * The name of a table, as PostgreSQL keeps it: unquoted.
 *
 * @param schema the schema
 * @param table the table
 */
public record TableName(String schema, String table) {

    /** The name as SQL, quoted whether it needs it or not. */
    public String quoted() {
        return Quoted.name(this.schema) + "." + Quoted.name(this.table);
    }

    /** The name for people: {@code schema.table}, or what there is where nothing has a schema. */
    @Override
    public String toString() {
        return this.schema.isEmpty() ? this.table : this.schema + "." + this.table;
    }
}
