package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.action.RunId;
import cloud.enact.docs.Snippets;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.postgres.CapturedTransaction;
import cloud.enact.undo.postgres.PostgresServer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The roles of {@code docs/postgresql.md}, made by the SQL of that page, and what each of them can't do. */
@ExtendWith(OutputCaptureExtension.class)
class RolesTests {

    private static final List<String> FORBIDDEN = List.of(
            "SELECT FROM enact_undo.marker",
            "SELECT FROM enact_undo.u_1",
            "SELECT FROM enact_undo.pruned",
            "INSERT INTO enact_undo.statement VALUES (1, 1, 'I', 1)",
            "UPDATE enact_undo.marker SET state = 'C'",
            "DELETE FROM enact_undo.u_1",
            "TRUNCATE enact_undo.u_1",
            "DROP TABLE enact_undo.u_1",
            "DROP SCHEMA enact_undo CASCADE",
            "CREATE TABLE enact_undo.mine (id int)",
            "LOCK TABLE enact_undo.marker",
            "COMMENT ON SCHEMA enact_undo IS 'mine'",
            "ALTER FUNCTION enact_undo.leave(bigint, bytea, boolean) SECURITY INVOKER",
            "CREATE OR REPLACE FUNCTION enact_undo.capture_1() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
            "DROP FUNCTION enact_undo.capture_1() CASCADE",
            "ALTER TABLE customer DISABLE TRIGGER ALL",
            "ALTER TABLE customer DISABLE TRIGGER \"enact$delete\"",
            "DROP TRIGGER \"enact$delete\" ON customer",
            "ALTER TABLE customer ADD COLUMN x int",
            "DROP TABLE customer CASCADE",
            "SET session_replication_role = replica",
            "SELECT enact_undo.shape_of('customer'::regclass)");

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    private String app = "";

    private String owner = "";

    private String agent = "";

    @BeforeEach
    void theRolesOfThePage() throws Exception {
        this.app = this.shop.role("app");
        this.owner = this.shop.role("owner");
        this.agent = this.shop.role("agent");
        // as it is before: the application owns its tables
        GuardedShop.server("CREATE ROLE " + this.app + " LOGIN PASSWORD '" + this.app + "'");
        this.shop.admin(
                "ALTER TABLE customer OWNER TO " + this.app,
                "ALTER TABLE orders OWNER TO " + this.app,
                "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        this.shop.admin(sqlOfThePage(0), sqlOfThePage(1));
    }

    @Test
    void aRollbackGoesThroughTheOwner() throws Exception {
        application().run(context -> {
            List<String> before = this.shop.rows();
            RunId run = GuardedShop.act(context, "DELETE FROM customer");
            assertThat(this.shop.rows()).isEmpty();

            RollbackReport report = GuardedShop.rollback(context, run);

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.rows()).isEqualTo(before);
            assertThat(this.shop.texts("SELECT report FROM enact_undo.rollback"))
                    .singleElement()
                    .asString()
                    .contains("\"exact\":false");
            assertThat(this.shop.texts("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'enact_undo'"))
                    .containsExactly(this.owner);
        });
    }

    @Test
    void anOwnerWhoMaySilenceTriggersRestoresExactly() throws Exception {
        assumeThat(PostgresServer.shared().majorVersion()).isGreaterThan(14);
        this.shop.admin(
                sqlOfThePage(2),
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN NEW.name := NEW.name || ''!''; RETURN NEW; END'",
                "CREATE TRIGGER touch BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION touch()");
        try {
            application().run(context -> {
                List<String> before = this.shop.rows();
                RunId run = GuardedShop.act(context, "DELETE FROM customer");

                RollbackReport report = GuardedShop.rollback(context, run);

                assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
                assertThat(this.shop.rows()).isEqualTo(before);
                assertThat(this.shop.texts("SELECT report FROM enact_undo.rollback"))
                        .singleElement()
                        .asString()
                        .contains("\"exact\":true");
            });
        } finally {
            GuardedShop.server("REVOKE SET ON PARAMETER session_replication_role FROM " + this.owner);
        }
    }

    @Test
    void neitherApplicationNorAgentReachesUndoDataOrTriggers() throws Exception {
        application().run(context -> {
            GuardedShop.act(context, "DELETE FROM customer WHERE id = 1");

            for (String role : List.of(this.app, this.agent)) {
                for (String sql : FORBIDDEN) {
                    assertThatThrownBy(() -> as(role, sql))
                            .as(role + ": " + sql)
                            .isInstanceOf(SQLException.class);
                }
            }
        });
    }

    @Test
    void rightsTheOwnerGivesByDefaultDoNotOpenUndoData() throws Exception {
        for (String objects : List.of("SCHEMAS", "TABLES", "SEQUENCES", "FUNCTIONS")) {
            this.shop.admin("ALTER DEFAULT PRIVILEGES FOR ROLE " + this.owner + " GRANT ALL ON " + objects + " TO "
                    + this.app + ", " + this.agent);
        }

        neitherApplicationNorAgentReachesUndoDataOrTriggers();

        assertThat(this.shop.texts("SELECT relname FROM pg_class, aclexplode(relacl)"
                        + " WHERE relnamespace = 'enact_undo'::regnamespace AND grantee <> relowner"))
                .isEmpty();
        assertThat(this.shop.texts("SELECT DISTINCT proname FROM pg_proc, aclexplode(proacl)"
                        + " WHERE pronamespace = 'enact_undo'::regnamespace AND grantee <> proowner ORDER BY 1"))
                .containsExactly("enter", "leave");
        for (String enter : List.of("enact_undo.enter(NULL, NULL, NULL)", "enact_undo.leave(1, NULL, NULL)")) {
            assertThatThrownBy(() -> as(this.agent, "SELECT " + enter)).hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT FROM enact_undo.u_1", "DELETE FROM enact_undo.marker", "RESET ROLE; TRUNCATE orders"})
    void anActionOfTheApplicationReachesNoUndoData(String sql) throws Exception {
        application().run(context -> {
            List<String> before = this.shop.rows();

            assertThatThrownBy(() -> GuardedShop.act(
                            context, "DELETE FROM orders WHERE id = 1", sql, "SELECT FROM enact_undo.marker"))
                    .hasStackTraceContaining("permission denied");

            // with auto-commit each statement is a transaction of its own
            assertThat(before).containsAll(this.shop.rows());
        });
    }

    @Test
    void nobodyEndsTheCapturingOfAnother() throws Exception {
        application().run(context -> {
            byte[] guess = new byte[32];
            try (Connection first = login(this.app);
                    Connection second = login(this.app)) {
                first.setAutoCommit(false);
                CapturedTransaction transaction =
                        CapturedTransaction.enter(first, UUID.randomUUID(), UUID.randomUUID(), new SecureRandom());

                assertThatThrownBy(() -> GuardedShop.run(second, leave(transaction.marker(), guess)))
                        .hasMessageContaining("no open marker");
                assertThatThrownBy(() -> GuardedShop.run(first, leave(transaction.marker(), guess)))
                        .hasMessageContaining("no open marker");
                first.rollback();
            }
            assertThatThrownBy(() -> as(this.agent, leave(1, guess))).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> as(this.agent, "SELECT enact_undo.enter(NULL, NULL, NULL)"))
                    .hasMessageContaining("permission denied");
        });
    }

    @Test
    void anActionThatEndsAsAnotherRoleIsRolledBack() throws Exception {
        this.shop.admin("GRANT " + this.agent + " TO " + this.app);
        application().run(context -> {
            List<String> before = this.shop.rows();

            assertThatThrownBy(() -> GuardedShop.act(context, "SET ROLE " + this.agent + "; DELETE FROM orders"))
                    .hasStackTraceContaining("permission denied");

            assertThat(this.shop.rows()).isEqualTo(before);
        });
    }

    @Test
    void anActionMayEndAsARoleThatIsNamed() throws Exception {
        this.shop.admin("GRANT " + this.agent + " TO " + this.app);
        application("enact.postgres.roles=" + this.agent).run(context -> {
            List<String> before = this.shop.rows();
            RunId run = GuardedShop.act(context, "SET ROLE " + this.agent + "; DELETE FROM orders");
            assertThat(this.shop.rows()).hasSize(9);

            assertThat(GuardedShop.rollback(context, run).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.shop.rows()).isEqualTo(before);
            for (String sql : FORBIDDEN) {
                assertThatThrownBy(() -> as(this.agent, sql)).as(sql).isInstanceOf(SQLException.class);
            }
        });
    }

    @Test
    void withoutAnOwnerStartUpSaysWhoOwnsUndoData(CapturedOutput output) throws Exception {
        this.shop.application().run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("Undo data in data source dataSource belongs to the application's own role");
        int said = output.length();

        this.shop.admin("DROP SCHEMA enact_undo CASCADE");
        application().run(context -> assertThat(context).hasNotFailed());
        assertThat(output.toString().substring(said))
                .doesNotContain("belongs to the application's own role")
                .doesNotContain("all the same");
    }

    @Test
    void aRoleThatReachesUndoDataAllTheSameIsNamedAtStartUp(CapturedOutput output) throws Exception {
        this.shop.admin("GRANT " + this.owner + " TO " + this.app);

        application().run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("Role " + this.app + " of data source dataSource can change undo data all the same");
    }

    @Test
    void anOwnerForOneDataSourceAloneIsUsedThere() throws Exception {
        this.shop
                .application(
                        "test.role=" + this.app,
                        "enact.postgres.owners.dataSource.username=" + this.owner,
                        "enact.postgres.owners.dataSource.password=" + this.owner)
                .run(context -> {
                    RunId run = GuardedShop.act(context, "DELETE FROM orders");
                    assertThat(GuardedShop.rollback(context, run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                });
    }

    private ApplicationContextRunner application(String... properties) throws Exception {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("test.role=" + this.app);
        all.add("enact.postgres.owner.username=" + this.owner);
        all.add("enact.postgres.owner.password=" + this.owner);
        return this.shop.application(all.toArray(String[]::new));
    }

    private String sqlOfThePage(int block) throws Exception {
        return Snippets.of("postgresql.md", "sql")
                .get(block)
                .replace("'owner-secret'", "'" + this.owner + "'")
                .replace("'agent-secret'", "'" + this.agent + "'")
                .replace("shop_owner", this.owner)
                .replace("shop_app", this.app)
                .replace("shop_agent", this.agent)
                .replace("DATABASE shop ", "DATABASE " + this.shop.name + " ");
    }

    private static String leave(long marker, byte[] secret) {
        return "SELECT enact_undo.leave(" + marker + ", '\\x" + "00".repeat(secret.length) + "')";
    }

    private Connection login(String role) throws SQLException {
        return PostgresServer.shared().connect(this.shop.name, role);
    }

    private void as(String role, String sql) throws SQLException {
        try (Connection connection = login(role)) {
            GuardedShop.run(connection, sql);
        }
    }
}
