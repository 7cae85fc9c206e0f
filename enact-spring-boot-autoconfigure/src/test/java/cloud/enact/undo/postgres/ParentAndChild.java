package cloud.enact.undo.postgres;

import java.sql.SQLException;

/** Two tables to change and to disagree about. */
final class ParentAndChild {

    static final TableName T = new TableName("public", "t");

    static final TableName CHILD = new TableName("public", "child");

    private ParentAndChild() {}

    static void create(TestDatabase database) throws SQLException {
        database.schema(
                "CREATE TABLE t (id int PRIMARY KEY, v text, mail text UNIQUE)",
                "INSERT INTO t SELECT i, 'v' || i, 'm' || i FROM generate_series(1, 5) i",
                "CREATE TABLE child (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)");
    }
}
