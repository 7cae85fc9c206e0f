package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The captured rows of a table that belong to some markers.
 *
 * @param id which protected table
 * @param markers the markers, as an array in SQL
 */
record Captured(int id, String markers) {

    private static final int MANY = 1000;

    static Captured of(int id, Collection<Long> markers) {
        return new Captured(
                id, markers.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::bigint[]")));
    }

    /** The rows, to select from. */
    String rows(String alias) {
        return "(SELECT * FROM " + CaptureScript.undoTable(this.id) + " WHERE \"enact$marker\" = ANY (" + this.markers
                + ")) " + alias;
    }

    /** Tells the server how many there are, or it would plan for a few. */
    void analyze(Session session) throws SQLException {
        long rows =
                session.number("SELECT coalesce(sum(s.row_count), 0) FROM enact_undo.statement s WHERE s.marker = ANY ("
                        + this.markers + ") AND s.protected = " + this.id);
        if (rows > MANY) {
            session.execute("ANALYZE " + CaptureScript.undoTable(this.id) + " (\"enact$id\", \"enact$marker\")");
        }
    }

    /** A table of this restore, gone when it ends. */
    String temporary(String name) {
        return "pg_temp.\"enact$" + name + "_" + this.id + "\"";
    }
}
