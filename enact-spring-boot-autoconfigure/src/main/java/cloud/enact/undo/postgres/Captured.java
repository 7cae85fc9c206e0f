package cloud.enact.undo.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The captured rows of a table that belong to some markers.
 *
 * @param id which protected table
 * @param markers the markers, as an array in SQL
 */
record Captured(int id, String markers) {

    static Captured of(int id, Collection<Long> markers) {
        return new Captured(
                id, markers.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::bigint[]")));
    }

    /** The rows, to select from. */
    String rows(String alias) {
        return "(SELECT * FROM " + CaptureScript.undoTable(this.id) + " WHERE \"enact$marker\" = ANY (" + this.markers
                + ")) " + alias;
    }

    /** A table of this restore, gone when it ends. */
    String temporary(String name) {
        return "pg_temp.\"enact$" + name + "_" + this.id + "\"";
    }
}
