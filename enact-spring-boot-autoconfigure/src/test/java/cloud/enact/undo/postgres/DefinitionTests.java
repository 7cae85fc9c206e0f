package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.postgres.TestDatabase.Committed;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an action defines without locking a table is told where a superuser owns the capture objects. */
class DefinitionTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final CaptureObjects OBJECTS = new CaptureObjects(List.of("public.t"), List.of());

    @BeforeEach
    void tables() throws Exception {
        DATABASE.sql(
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "CREATE VIEW old AS SELECT 1 AS id",
                "CREATE SEQUENCE s",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        try (Connection admin = DATABASE.admin()) {
            OBJECTS.install(admin, TestDatabase.PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION public.g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE OR REPLACE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
                "DROP FUNCTION public.f()",
                "CREATE VIEW public.v AS SELECT 1 AS id",
                "CREATE OR REPLACE VIEW public.old AS SELECT 2 AS id",
                "CREATE TYPE public.y AS ENUM ('a')",
                "CREATE SEQUENCE public.z",
                "ALTER SEQUENCE public.s RESTART",
                "CREATE SCHEMA x",
                "GRANT SELECT ON public.t TO PUBLIC",
                "REVOKE ALL ON FUNCTION public.f() FROM PUBLIC",
                "CREATE INDEX i ON public.t (v)",
                "SET session_replication_role = replica; CREATE SEQUENCE public.z",
                "DO $$ BEGIN CREATE SEQUENCE public.z; END $$",
            })
    void whatAnActionDefinesIsToldAsUnprotected(String statement) throws Exception {
        assertThat(act(statement).changes())
                .isNotEmpty()
                .extracting(TableChange::kind)
                .containsOnly(TableChange.Kind.UNPROTECTED);
        assertThat(DATABASE.number("SELECT count(*) FROM enact_undo.definition"))
                .isZero();
    }

    @Test
    void itIsToldByWhatWasDone() throws Exception {
        assertThat(act("CREATE SCHEMA x", "DROP FUNCTION public.f()", "GRANT SELECT ON public.t TO PUBLIC")
                        .changes())
                .extracting(change -> change.table().toString())
                .containsExactlyInAnyOrder("CREATE SCHEMA x", "DROP FUNCTION public.f()", "GRANT");
    }

    @Test
    void whatIsTemporaryOrTakenBackIsNotTold() throws Exception {
        Committed done = act(
                "CREATE TEMPORARY TABLE a (id serial PRIMARY KEY, v text UNIQUE)",
                "CREATE TEMPORARY TABLE b AS SELECT 1 AS id",
                "CREATE INDEX ON a (v)",
                "ALTER TABLE a ADD COLUMN w int",
                "ALTER TABLE a DROP COLUMN w",
                "CREATE TEMPORARY VIEW v AS SELECT 1 AS id",
                "CREATE FUNCTION pg_temp.g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "DROP FUNCTION pg_temp.g()",
                "SAVEPOINT p; CREATE SEQUENCE public.z; ROLLBACK TO SAVEPOINT p");

        assertThat(done.changes()).isEmpty();
    }

    @Test
    void whatOthersDefineIsNobodysBusiness() throws Exception {
        try (Connection admin = DATABASE.admin()) {
            TestDatabase.run(admin, "SET enact.joined = 'on'; SET default_transaction_deferrable = on");
            TestDatabase.run(
                    admin, "CREATE SCHEMA x CREATE TABLE a (id serial PRIMARY KEY) CREATE VIEW b AS SELECT 1 AS id");
            TestDatabase.run(admin, "GRANT USAGE ON SCHEMA x TO PUBLIC; ALTER TABLE x.a ADD COLUMN v text");
            TestDatabase.run(admin, "CREATE EXTENSION IF NOT EXISTS plpgsql; COMMENT ON SCHEMA x IS 'x'");
            TestDatabase.run(admin, "DROP OWNED BY " + DATABASE.appRole() + "; DROP SCHEMA x CASCADE");

            OBJECTS.remove(admin, TestDatabase.PATIENCE);
            assertThat(DATABASE.number("SELECT count(*) FROM pg_event_trigger")).isZero();
            OBJECTS.install(admin, TestDatabase.PATIENCE);
            TestDatabase.run(admin, "DROP SCHEMA enact_undo CASCADE");
            assertThat(DATABASE.number("SELECT count(*) FROM pg_event_trigger")).isZero();
            OBJECTS.install(admin, TestDatabase.PATIENCE);
        }
        assertThat(DATABASE.number("SELECT count(*) FROM enact_undo.definition"))
                .isZero();
    }

    @Test
    void theCodeAroundAnActionDefinesWhatItLikes() throws Exception {
        try (Connection admin = DATABASE.admin()) {
            admin.setAutoCommit(false);
            TestDatabase.run(admin, "CREATE SEQUENCE public.first");
            CapturedTransaction joined =
                    CapturedTransaction.join(admin, UUID.randomUUID(), UUID.randomUUID(), new SecureRandom());
            TestDatabase.run(admin, "CREATE SEQUENCE public.second");
            List<TableChange> changes = joined.leave();
            TestDatabase.run(admin, "CREATE SEQUENCE public.third");
            admin.commit();

            assertThat(changes)
                    .extracting(change -> change.table().toString())
                    .containsExactly("CREATE SEQUENCE public.second");
        }
    }

    @Test
    void aTriggerThatIsMissingOrOffIsPutBack() throws Exception {
        try (Connection admin = DATABASE.admin()) {
            assertThat(OBJECTS.plan(admin).isEmpty()).isTrue();
            for (String damage :
                    List.of("ALTER EVENT TRIGGER \"enact$defined\" DISABLE", "DROP EVENT TRIGGER \"enact$dropped\"")) {
                TestDatabase.run(admin, damage);
                assertThat(OBJECTS.install(admin, TestDatabase.PATIENCE).isEmpty())
                        .isFalse();
                assertThat(OBJECTS.plan(admin).isEmpty()).isTrue();
            }
        }
    }

    @Test
    void whoMayNotMakeThemIsToldAndLacksNothing() throws Exception {
        try (Connection admin = DATABASE.admin();
                Connection owner = DATABASE.owner()) {
            OBJECTS.remove(admin, TestDatabase.PATIENCE);
            OBJECTS.install(owner, TestDatabase.PATIENCE);

            CapturePlan plan = OBJECTS.plan(owner);
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.skipped()).containsExactly(DefinitionTriggers.LEFT_OUT);
            // what an owner without rights can replace does not run with those of a superuser
            assertThatThrownBy(() -> OBJECTS.plan(admin)).hasMessageContaining("belongs to another role");
        }
    }

    private static Committed act(String... statements) throws Exception {
        try (Connection admin = DATABASE.admin()) {
            return DATABASE.act(admin, UUID.randomUUID(), connection -> run(connection, statements));
        }
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        for (String statement : statements) {
            TestDatabase.run(connection, statement);
        }
    }
}
