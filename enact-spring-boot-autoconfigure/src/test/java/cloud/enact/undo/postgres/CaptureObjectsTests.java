package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.postgres.TestDatabase.Committed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it takes to capture tables: planned, installed, checked and removed. */
class CaptureObjectsTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void aPlanChangesNothingAndIsTheScriptThatInstalls() throws Exception {
        DATABASE.sql("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
        Map<String, List<String>> before = DATABASE.content();
        CaptureObjects objects = objects("public.*");
        try (Connection owner = DATABASE.owner()) {
            CapturePlan plan = objects.plan(owner);
            assertThat(DATABASE.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'enact_undo'"))
                    .isZero();

            TestDatabase.run(owner, "BEGIN;" + plan.script() + "COMMIT");

            assertThat(objects.plan(owner).isEmpty()).isTrue();
        }
        DATABASE.sql("GRANT DELETE, SELECT ON t TO " + DATABASE.appRole());
        Committed done = DATABASE.act("DELETE FROM t");
        assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @Test
    void whatIsMissingIsFoundAndMade() throws Exception {
        DATABASE.schema(
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)");
        assertThat(DATABASE.protect("public.*").isEmpty()).isTrue();

        DATABASE.sql("DROP TRIGGER \"enact$delete\" ON t");
        assertRepaired();
        DATABASE.sql("ALTER TABLE t DISABLE TRIGGER \"enact$insert\"");
        assertRepaired();
        DATABASE.sql("ALTER TABLE t ENABLE TRIGGER \"enact$insert\"");
        assertRepaired();
        DATABASE.sql("CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)");
        assertRepaired();
        DATABASE.sql("ALTER TABLE t ADD COLUMN w int");
        assertRepaired();
        DATABASE.sql("CREATE TABLE another (id int)");
        assertRepaired();
        DATABASE.sql("DROP TABLE enact_undo.u_1 CASCADE");
        DATABASE.sql("REVOKE USAGE ON SCHEMA enact_undo FROM " + DATABASE.appRole());
        assertRepaired();
    }

    @Test
    void namesThatAreAlwaysQuotedAreTheSameNames() throws Exception {
        DATABASE.schema("CREATE TABLE t (id int PRIMARY KEY, v text)");
        try (Connection owner = DATABASE.owner()) {
            TestDatabase.run(owner, "SET quote_all_identifiers = on");

            assertThat(objects("public.*").plan(owner).isEmpty()).isTrue();
        }
    }

    private static void assertRepaired() throws SQLException {
        assertThat(DATABASE.protect("public.*").statements()).isNotEmpty();
        assertThat(DATABASE.protect("public.*").statements()).isEmpty();
    }

    @Test
    void aTableThatWasAlteredIsCapturedInItsNewShape() throws Exception {
        DATABASE.schema("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
        DATABASE.act("UPDATE t SET v = 'x'");
        DATABASE.sql("ALTER TABLE t ADD COLUMN w int DEFAULT 7");
        DATABASE.protect("public.t");
        Map<String, List<String>> before = DATABASE.content();

        Committed done = DATABASE.act("UPDATE t SET w = 8");

        assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE VIEW x AS SELECT 1 AS a                                        | it is a view",
                "CREATE MATERIALIZED VIEW x AS SELECT 1 AS a                           | it is a materialized view",
                "CREATE TABLE y (a int); CREATE TABLE x () INHERITS (y)                | it takes part in inheritance",
                "CREATE TABLE x (a int); CREATE TABLE y () INHERITS (x)                | it takes part in inheritance",
                "CREATE TABLE y (a int) PARTITION BY LIST (a); CREATE TABLE x PARTITION OF y DEFAULT | it is a partition",
                "CREATE TABLE x (\"enact$id\" int)                                     | begins with enact$",
                "CREATE TABLE x ()                                                     | between 1 and",
                "SELECT 1                                                              | There is no table public.x",
            })
    void whatCanNotBeProtectedIsRefused(String sql, String why) throws Exception {
        DATABASE.sql(sql);

        assertThatThrownBy(() -> DATABASE.protect("public.x"))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining(why);
    }

    @Test
    void foreignSystemAndOwnTablesAreRefused() throws Exception {
        try (Connection admin = DATABASE.admin()) {
            TestDatabase.run(admin, "CREATE FOREIGN DATA WRAPPER w");
            TestDatabase.run(admin, "CREATE SERVER s FOREIGN DATA WRAPPER w");
            TestDatabase.run(admin, "CREATE FOREIGN TABLE public.x (a int) SERVER s");
            TestDatabase.run(admin, "ALTER FOREIGN TABLE public.x OWNER TO " + DATABASE.ownerRole());
            assertThatThrownBy(() -> DATABASE.protect("public.x")).hasMessageContaining("foreign table");
            TestDatabase.run(admin, "DROP FOREIGN DATA WRAPPER w CASCADE");
        }
        assertThatThrownBy(() -> DATABASE.protect("pg_catalog.pg_class")).hasMessageContaining("PostgreSQL");
        DATABASE.schema("CREATE TABLE t (id int)");
        assertThatThrownBy(() -> DATABASE.protect("enact_undo.marker")).hasMessageContaining("Enact");
    }

    @Test
    void aPatternForManyLeavesOutWhatCanNotBeProtectedAndSaysSo() throws Exception {
        DATABASE.sql("CREATE TABLE t (id int)", "CREATE VIEW v AS SELECT 1");

        CapturePlan plan = DATABASE.protect("*.*");

        assertThat(plan.skipped()).first().asString().startsWith("public.v is not protected: it is a view");
    }

    @Test
    void removingLeavesNothingBehind() throws Exception {
        DATABASE.schema("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        DATABASE.act("DELETE FROM t");
        CaptureObjects objects = objects("public.*");
        try (Connection owner = DATABASE.owner()) {
            assertThat(objects.removal(owner).statements()).last().isEqualTo("DROP SCHEMA enact_undo CASCADE");

            objects.remove(owner, TestDatabase.PATIENCE);
            objects.remove(owner, TestDatabase.PATIENCE);
        }

        assertThat(DATABASE.number("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
                .isZero();
        assertThat(DATABASE.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'enact_undo'"))
                .isZero();
    }

    @Test
    void aTableInUseIsNotWaitedForLongerThanAllowed() throws Exception {
        DATABASE.sql("CREATE TABLE t (id int)");
        try (Connection other = DATABASE.owner();
                Connection owner = DATABASE.owner()) {
            other.setAutoCommit(false);
            TestDatabase.run(other, "INSERT INTO t VALUES (1)");

            assertThatThrownBy(() -> objects("public.*").install(owner, Duration.ofMillis(50)))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("nothing was changed");
            assertThat(DATABASE.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'enact_undo'"))
                    .isZero();
        }
    }

    @Test
    void aSchemaOfThatNameBySomebodyElseIsNotUsed() throws Exception {
        DATABASE.sql("CREATE SCHEMA enact_undo", "CREATE TABLE t (id int)");
        assertThatThrownBy(() -> DATABASE.protect("public.*")).hasMessageContaining("not made by this version");

        DATABASE.sql("COMMENT ON SCHEMA enact_undo IS 'Enact capture objects, version 1'");
        try (Connection admin = DATABASE.admin()) {
            TestDatabase.run(admin, "ALTER SCHEMA enact_undo OWNER TO CURRENT_USER");
        }
        assertThatThrownBy(() -> DATABASE.protect("public.*")).hasMessageContaining("another role");
    }

    @Test
    void anAdministratorRunsNothingOfWhoeverMadeASchemaOfThatName() throws Exception {
        DATABASE.sql("CREATE TABLE t (id int)");
        try (Connection admin = DATABASE.admin()) {
            TestDatabase.run(
                    admin,
                    "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO " + DATABASE.appRole()
                            + "', current_database()); END $$");
            DATABASE.person(
                    "CREATE SCHEMA enact_undo",
                    "COMMENT ON SCHEMA enact_undo IS 'Enact capture objects, version 1'",
                    "CREATE FUNCTION enact_undo.trap() RETURNS boolean LANGUAGE plpgsql AS"
                            + " 'BEGIN RAISE EXCEPTION ''taken over''; END'",
                    "CREATE FUNCTION enact_undo.leave(bigint, bytea, boolean) RETURNS void LANGUAGE sql AS ''",
                    "CREATE VIEW enact_undo.protected_table AS SELECT 1 AS id, 1::oid AS relation, ''::text AS shape,"
                            + " ''::text AS columns, now() AS retired WHERE enact_undo.trap()",
                    "CREATE VIEW enact_undo.protected_member AS SELECT 1::oid AS relation WHERE enact_undo.trap()",
                    "CREATE VIEW enact_undo.pruned AS SELECT gen_random_uuid() AS run_id, false AS emptied"
                            + " WHERE enact_undo.trap()");
            CaptureObjects objects = objects("public.*");
            UndoRetention retention = new UndoRetention(TestDatabase.PATIENCE);

            for (ThrowingCallable work : List.<ThrowingCallable>of(
                    () -> objects.plan(admin),
                    () -> objects.install(admin, TestDatabase.PATIENCE),
                    () -> objects.removal(admin),
                    () -> objects.remove(admin, TestDatabase.PATIENCE),
                    () -> retention.givenUp(admin, 1))) {
                assertThatThrownBy(work)
                        .isInstanceOf(CaptureException.class)
                        .hasMessageContaining("belongs to another role");
            }
        }
    }

    @Test
    void noNameIsReadAsSqlWhereBackslashesEscape() throws Exception {
        DATABASE.sql(
                "CREATE TABLE \"t\\' || x \" (id int PRIMARY KEY, \"c\\' || x \" text)",
                "INSERT INTO \"t\\' || x \" VALUES (1, 'a')",
                "GRANT ALL ON \"t\\' || x \" TO " + DATABASE.appRole());
        Map<String, List<String>> before = DATABASE.content();
        CaptureObjects objects = objects("public.*");
        try (Connection owner = DATABASE.owner()) {
            String script = objects.plan(owner).script();
            TestDatabase.run(owner, "SET standard_conforming_strings = off");

            TestDatabase.run(owner, "BEGIN;" + script + "COMMIT");

            assertThat(objects.plan(owner).isEmpty()).isTrue();
        }
        Committed done = DATABASE.act("SET standard_conforming_strings = off", "TRUNCATE \"t\\' || x \"");
        assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "public.*, public, t, true",
        "public.*, other, t, false",
        "*.*, other, t, true",
        "public.a*z, public, abz, true",
        "public.a*z, public, az, true",
        "public.a*z, public, a, false",
        "public.*a*b*, public, xaxbx, true",
        "public.*a*b*, public, xbxa, false",
        "public.aa*aa, public, aaa, false",
        "public.T, public, t, false",
        "public.a.b, public, a.b, true",
        "public.t, public, t, true",
    })
    void patternsMatchNames(String pattern, String schema, String table, boolean matches) {
        assertThat(TablePattern.of(pattern).matches(new TableName(schema, table)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"t", "'.t'", "public.", "''"})
    void aPatternNamesASchemaAndATable(String pattern) {
        assertThatThrownBy(() -> TablePattern.of(pattern)).isInstanceOf(CaptureException.class);
    }

    private static CaptureObjects objects(String... patterns) {
        return new CaptureObjects(List.of(patterns), List.of(DATABASE.appRole()));
    }
}
