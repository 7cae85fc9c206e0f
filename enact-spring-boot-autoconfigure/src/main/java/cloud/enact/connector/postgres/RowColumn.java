package cloud.enact.connector.postgres;

/**
 * A column as the catalogue has it.
 *
 * @param name its name
 * @param typeSchema schema of its type
 * @param typeName its type
 * @param modifier length or precision that changes how a value is kept, in parentheses, or empty
 * @param array whether its values are arrays
 * @param key whether it belongs to the primary key
 */
record RowColumn(String name, String typeSchema, String typeName, String modifier, boolean array, boolean key) {

    boolean isJson() {
        return this.typeName.equals("json") || this.typeName.equals("jsonb");
    }
}
