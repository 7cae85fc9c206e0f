package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Restoration;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random runs on random schemas. More of them with {@code -Denact.postgres.runs}, the same ones again with
 * {@code -Denact.postgres.seed}.
 */
class RestorePropertyTests {

    private static final TestDatabase DATABASE = new TestDatabase();

    private static final int RUNS = Integer.getInteger("enact.postgres.runs", 12);

    /** So many that each result comes up. */
    private static final int MANY = 50;

    /** The last server that does not know MERGE. */
    private static final int MERGELESS = 14;

    @BeforeContainer
    static void create() throws SQLException {
        DATABASE.create();
    }

    @AfterContainer
    static void drop() throws SQLException {
        DATABASE.drop();
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void everythingComesBackAndNothingOfOthersIsLost(@ForAll long drawn) throws Exception {
        long first = Long.getLong("enact.postgres.seed", drawn);
        Map<String, Integer> results = new TreeMap<>();
        for (long seed = first; seed < first + RUNS; seed++) {
            try {
                results.merge(run(new RandomScenario(seed)), 1, Integer::sum);
            } catch (Exception | AssertionError ex) {
                throw new AssertionError("-Denact.postgres.seed=" + seed + " -Denact.postgres.runs=1", ex);
            }
        }
        System.out.println(RUNS + " random runs from seed " + first + ": " + results);
        if (RUNS >= MANY) {
            assertThat(results).containsKey("RESTORED, alone");
        }
    }

    /** Returns what came of it. */
    private static String run(RandomScenario scenario) throws Exception {
        DATABASE.clear();
        DATABASE.sql(ColumnTypes.CREATE.toArray(String[]::new));
        DATABASE.sql("CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN NEW.ref := coalesce(NEW.ref, 1); RETURN NEW; END $$");
        tolerant(scenario.tables());
        tolerant(scenario.rows());
        DATABASE.protect("public.*");
        Map<String, List<String>> before = DATABASE.content();

        List<Long> markers = new ArrayList<>();
        Map<String, Long> byOthers = new HashMap<>();
        UUID run = UUID.randomUUID();
        boolean alone = scenario.chance(2);
        do {
            markers.add(act(run, scenario.changes(8)));
            if (!alone && scenario.chance(2)) {
                others(scenario, byOthers);
            }
        } while (scenario.chance(2));
        if (!alone) {
            others(scenario, byOthers);
        }
        Map<String, List<String>> edited = DATABASE.content();

        RestoreReport report;
        try (Connection connection = scenario.chance(2) ? DATABASE.owner() : DATABASE.admin()) {
            report = TestDatabase.rows().restore(connection, markers, Resolutions.none());
        }
        Map<String, List<String>> restored = DATABASE.content();

        if (report.restoration() == Restoration.ALREADY_RESTORED) {
            // no transaction of the run was committed
            assertThat(restored).isEqualTo(edited);
        } else if (report.restoration() != Restoration.RESTORED) {
            assertThat(restored).isEqualTo(edited);
            assertThat(report.conflicts()).isNotEmpty();
            if (alone) {
                // without the right to silence triggers some orders of changes can't be taken back
                assertThat(report.exact()).isFalse();
                assertThat(report.conflicts())
                        .extracting(RowConflict::kind)
                        .containsAnyOf(RowConflict.Kind.CONSTRAINT, RowConflict.Kind.DIFFERS);
            }
        } else if (alone) {
            assertThat(restored).isEqualTo(before);
        } else if (report.tables().stream().allMatch(table -> table.settled() == 0)) {
            Map<String, Long> expected = counts(before);
            byOthers.forEach((row, count) -> expected.merge(row, count, Long::sum));
            expected.values().removeIf(count -> count == 0);
            assertThat(counts(restored)).isEqualTo(expected);
        }
        return report.restoration() + (alone ? ", alone" : ", with changes of others");
    }

    /** Somebody else changes something, and how many rows there are more or less of it is added up. */
    private static void others(RandomScenario scenario, Map<String, Long> sum) throws SQLException {
        counts(DATABASE.content()).forEach((row, count) -> sum.merge(row, -count, Long::sum));
        tolerant(scenario.changes(3));
        counts(DATABASE.content()).forEach((row, count) -> sum.merge(row, count, Long::sum));
    }

    private static Map<String, Long> counts(Map<String, List<String>> content) {
        Map<String, Long> rows = new TreeMap<>();
        content.forEach((table, all) -> all.forEach(row -> rows.merge(table + row, 1L, Long::sum)));
        return rows;
    }

    private static long act(UUID run, List<String> statements) throws Exception {
        try (Connection connection = DATABASE.app()) {
            connection.setAutoCommit(false);
            CapturedTransaction transaction =
                    CapturedTransaction.enter(connection, run, UUID.randomUUID(), new SecureRandom());
            for (String statement : statements) {
                TestDatabase.run(connection, "SAVEPOINT s");
                try {
                    TestDatabase.run(connection, statement);
                    TestDatabase.run(connection, "SET CONSTRAINTS ALL DEFERRED");
                } catch (SQLException ex) {
                    TestDatabase.run(connection, "ROLLBACK TO SAVEPOINT s");
                }
            }
            try {
                transaction.leave();
                connection.commit();
            } catch (SQLException ex) {
                // a check that was put off failed: nothing happened
                connection.rollback();
            }
            return transaction.marker();
        }
    }

    private static void tolerant(List<String> statements) throws SQLException {
        try (Connection connection = DATABASE.owner()) {
            for (String statement : statements) {
                try {
                    TestDatabase.run(connection, statement);
                } catch (SQLException ex) {
                    if (!statement.startsWith("MERGE")
                            || connection.getMetaData().getDatabaseMajorVersion() > MERGELESS) {
                        assertThat(ex.getSQLState()).as(statement).doesNotStartWith("42601");
                    }
                }
            }
        }
    }
}
