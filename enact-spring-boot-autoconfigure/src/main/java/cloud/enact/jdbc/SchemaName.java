package cloud.enact.jdbc;

import java.nio.charset.StandardCharsets;

/**
 * Name of the schema that tables are in.
 *
 * @param name 1 to 63 bytes: the server would cut more
 */
public record SchemaName(String name) {

    private static final int MAX = 63;

    public SchemaName {
        if (name.isBlank() || name.indexOf(0) >= 0 || name.getBytes(StandardCharsets.UTF_8).length > MAX) {
            throw new IllegalArgumentException("The name of a schema must have 1 to 63 bytes");
        }
    }

    /**
     * Name of a schema beside this one.
     *
     * @param ending what it has behind the name of this one
     * @throws IllegalArgumentException when that is too long
     */
    public SchemaName with(String ending) {
        return new SchemaName(this.name + ending);
    }

    /** The name as SQL says it. */
    public String quoted() {
        return '"' + this.name.replace("\"", "\"\"") + '"';
    }
}
