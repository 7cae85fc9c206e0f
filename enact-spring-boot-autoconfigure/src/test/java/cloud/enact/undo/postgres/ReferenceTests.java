package cloud.enact.undo.postgres;

import cloud.enact.undo.postgres.TestDatabase.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server changes in other tables by itself comes back too. */
class ReferenceTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @ParameterizedTest
    @EnumSource
    void rowsThatOnlyCascadesTouched(Mode mode) throws Exception {
        DATABASE.schema(
                "CREATE TABLE customer (id int PRIMARY KEY, name text)",
                "CREATE TABLE purchase (id int PRIMARY KEY, customer int REFERENCES customer ON DELETE CASCADE"
                        + " ON UPDATE CASCADE, note text)",
                "CREATE TABLE item (id int PRIMARY KEY, purchase int REFERENCES purchase ON DELETE SET NULL)",
                "INSERT INTO customer SELECT i, 'c' || i FROM generate_series(1, 47) i",
                "INSERT INTO purchase SELECT i, i % 47 + 1, 'p' FROM generate_series(1, 100) i",
                "INSERT INTO item SELECT i, i % 100 + 1 FROM generate_series(1, 200) i");

        DATABASE.undoes(mode, "DELETE FROM customer WHERE id < 20", "DELETE FROM customer");
    }

    @ParameterizedTest
    @EnumSource
    void referencesInACircle(Mode mode) throws Exception {
        DATABASE.schema(
                "CREATE TABLE a (id int PRIMARY KEY, b int)",
                "CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a ON DELETE CASCADE)",
                "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b ON DELETE CASCADE",
                "WITH x AS (INSERT INTO a VALUES (1, 1), (2, 2)) INSERT INTO b VALUES (1, 2), (2, 1)");

        DATABASE.undoes(mode, "DELETE FROM a WHERE id = 1");
    }

    @ParameterizedTest
    @EnumSource
    void referencesToTheSameTable(Mode mode) throws Exception {
        DATABASE.schema(
                "CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node ON DELETE CASCADE ON UPDATE CASCADE)",
                "INSERT INTO node VALUES (1, 1), (2, 1), (3, 2), (4, 2), (5, 4)");

        DATABASE.undoes(mode, "DELETE FROM node WHERE id = 2");
        DATABASE.undoes(mode, "DELETE FROM node");
    }

    @Test
    void aCascadeThatChangesTheRowThatCausedIt() throws Exception {
        DATABASE.schema(
                "CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node ON UPDATE CASCADE)",
                "INSERT INTO node VALUES (1, 1), (2, 1)");

        DATABASE.undoes(Mode.EXACT, "UPDATE node SET id = 7 WHERE id = 1");
    }

    @ParameterizedTest
    @EnumSource
    void partitionsThroughTheTableAndDirectly(Mode mode) throws Exception {
        DATABASE.schema(
                "CREATE TABLE p (region text, id int, v text, PRIMARY KEY (region, id)) PARTITION BY LIST (region)",
                "CREATE TABLE p_eu (v text, id int NOT NULL, region text NOT NULL)",
                "ALTER TABLE p ATTACH PARTITION p_eu FOR VALUES IN ('eu')",
                "CREATE TABLE p_us PARTITION OF p FOR VALUES IN ('us') PARTITION BY RANGE (id)",
                "CREATE TABLE p_us_1 PARTITION OF p_us FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE p_us_2 PARTITION OF p_us FOR VALUES FROM (100) TO (1000)",
                "INSERT INTO p SELECT r, i, r || i FROM unnest(ARRAY['eu', 'us']) r, generate_series(1, 150, 10) i");

        DATABASE.undoes(
                mode,
                "DELETE FROM p WHERE id < 30",
                "UPDATE p_eu SET v = 'direct'",
                "UPDATE p SET v = 'all' WHERE id > 100",
                "DELETE FROM p_us WHERE id > 120",
                "INSERT INTO p_us_1 VALUES ('us', 5, 'new')",
                "TRUNCATE p_us_2");
        DATABASE.undoes(Mode.EXACT, "UPDATE p SET region = CASE region WHEN 'eu' THEN 'us' ELSE 'eu' END, id = id + 1");
        DATABASE.undoes(mode, "TRUNCATE p");
    }

    @ParameterizedTest
    @EnumSource
    void truncateWithWhatRefersToIt(Mode mode) throws Exception {
        DATABASE.schema(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a)",
                "INSERT INTO a SELECT generate_series(1, 10)",
                "INSERT INTO b SELECT i, i FROM generate_series(1, 10) i");

        DATABASE.undoes(mode, "INSERT INTO a VALUES (11)", "TRUNCATE a CASCADE", "INSERT INTO a VALUES (3)");
    }
}
