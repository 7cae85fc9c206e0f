package cloud.enact.undo.postgres;

import cloud.enact.undo.postgres.TestDatabase.Mode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values of every type come back bit for bit, whatever the session that captured them made of their text. */
class TypeTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeEach
    void table() throws Exception {
        DATABASE.sql(ColumnTypes.CREATE.toArray(String[]::new));
        StringBuilder columns = new StringBuilder();
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        for (int i = 0; i < ColumnTypes.ALL.size(); i++) {
            columns.append(", c")
                    .append(i)
                    .append(' ')
                    .append(ColumnTypes.ALL.get(i).get(0));
            first.append(", ").append(ColumnTypes.ALL.get(i).get(1));
            second.append(", ").append(ColumnTypes.ALL.get(i).get(2));
        }
        for (String table : List.of("keyed (id int PRIMARY KEY", "bare (id int")) {
            DATABASE.sql(
                    "CREATE TABLE " + table + columns + ")",
                    "INSERT INTO " + table.split(" ")[0] + " VALUES (1" + first + "), (2" + second + ")",
                    "INSERT INTO " + table.split(" ")[0] + " (id) VALUES (3)");
        }
        DATABASE.sql("UPDATE keyed SET (" + names() + ") = (SELECT " + names() + " FROM keyed k WHERE k.id = 1)"
                + " WHERE id = 3");
        DATABASE.protect("public.*");
    }

    private static String names() {
        return IntStream.range(0, ColumnTypes.ALL.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    @Test
    void deletedRowsComeBack() throws Exception {
        DATABASE.undoes(Mode.ORDINARY, "DELETE FROM keyed", "DELETE FROM bare");
    }

    @Test
    void deletedRowsComeBackFromASessionWithItsOwnIdeaOfText() throws Exception {
        DATABASE.undoes(
                Mode.ORDINARY,
                "SET extra_float_digits = 0",
                "SET DateStyle = 'ISO, DMY'",
                "SET IntervalStyle = 'iso_8601'",
                "SET bytea_output = 'escape'",
                "SET TimeZone = 'Asia/Kathmandu'",
                "DELETE FROM keyed",
                "TRUNCATE bare");
    }

    @Test
    void exchangedRowsComeBack() throws Exception {
        DATABASE.undoes(
                Mode.ORDINARY,
                "CREATE TEMP TABLE old AS SELECT * FROM keyed",
                "UPDATE keyed k SET (" + names() + ") = (SELECT " + names() + " FROM old o WHERE o.id = 3 - k.id)"
                        + " WHERE k.id < 3",
                "UPDATE bare b SET (" + names() + ") = (SELECT " + names() + " FROM old o WHERE o.id = 3 - b.id)",
                "UPDATE keyed SET c0 = 5");
    }

    @Test
    void largeValuesComeBack() throws Exception {
        DATABASE.sql(
                "CREATE TABLE large (id int PRIMARY KEY, t text, b bytea)",
                "INSERT INTO large SELECT i, (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 5000) j),"
                        + " decode(repeat('ab', 100000), 'hex') FROM generate_series(1, 4) i");
        DATABASE.protect("public.*");

        DATABASE.undoes(Mode.ORDINARY, "UPDATE large SET t = t || 'x' WHERE id = 1", "DELETE FROM large WHERE id > 2");
    }
}
