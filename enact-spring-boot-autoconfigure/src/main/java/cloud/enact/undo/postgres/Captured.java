package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The captured rows of a table that belong to some markers.
 *
 * @param id which protected table
 * @param markers the markers, as an array in SQL
 * @param count how many rows were touched
 */
record Captured(int id, String markers, long count) {

    private static final int MANY = 1000;

    static Captured of(TouchedTable touched, Collection<Long> markers) {
        return new Captured(
                touched.id(),
                markers.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::bigint[]")),
                touched.before() + touched.after());
    }

    /** The rows, to select from. */
    String rows(String alias) {
        return "(SELECT * FROM " + CaptureScript.undoTable(this.id) + " WHERE \"enact$marker\" = ANY (" + this.markers
                + ")) " + alias;
    }

    /** The rows of one side, as they were or as they became. */
    String rows(String alias, char side) {
        return "(SELECT * FROM " + CaptureScript.undoTable(this.id) + " WHERE \"enact$marker\" = ANY (" + this.markers
                + ") AND \"enact$side\" = '" + side + "') " + alias;
    }

    /** Tells the server how many there are, or it would plan for a few. */
    void analyze(Session session) throws SQLException {
        if (this.count > MANY) {
            session.execute("ANALYZE " + CaptureScript.undoTable(this.id) + " (\"enact$id\", \"enact$marker\")");
        }
    }

    /** A table of this restore, gone when it ends. */
    String temporary(String name) {
        return "pg_temp.\"enact$" + name + "_" + this.id + "\"";
    }
}
