package cloud.enact.policy.builtin.db;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code db.dont-delete-row}, {@code db.dont-delete-without-where}, {@code db.dont-update-without-where}. */
class RowPoliciesTests {

    private static final String DELETE_ROW = "db.dont-delete-row";

    private static final String DELETE_ALL = "db.dont-delete-without-where";

    private static final String UPDATE_ALL = "db.dont-update-without-where";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM users WHERE id = 1",
                "delete from only public.\"users\" u using x where x.id = u.id",
                "with gone as (delete from users where id = 1 returning *) insert into archive select * from gone",
                "select 1; delete from users where id = 3",
                "explain analyze delete from users where id = 1",
                "truncate users",
                "merge into users using x on x.id = users.id when matched then delete",
                "drop table users",
                "do $$ begin delete from users; end $$",
                "execute purge",
                "call purge_users()",
                "select purge_users(30)",
                "select dblink_exec('x', 'delete from users')",
                "create function f() returns void language sql as 'delete from users'",
                "/**/dElEtE/**/FROM/**/users",
                "delete from users where id = 'never ends",
                "\\! psql -c 'delete from users'"
            })
    void noStatementDeletesARow(String sql) {
        assertThat(judge(DELETE_ROW, "postgres.execute", "sql", sql).effect())
                .as(sql)
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(DELETE_ROW, "tool.run", "statement", sql).effect())
                .as(sql)
                .isNotIn(Effect.PASS, Effect.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from users",
                "select deleted, delete_reason from users where deleted = true",
                "select 'DELETE FROM users'",
                "insert into audit (note) values ('delete from users')",
                "update users set deleted = true where id = 1",
                "select * from users -- delete from users\n",
                "create table x (id int references users on delete cascade)",
                "explain delete from users where id = 1",
                "set role reader",
                "select * from users for update",
                "begin",
                ""
            })
    void statementsThatOnlySpeakOfDeletionPass(String sql) {
        assertThat(judge(DELETE_ROW, "postgres.execute", "sql", sql).effect())
                .as(sql)
                .isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void noCallDeletesARow() {
        assertThat(effect(DELETE_ROW, "postgres.delete_row", "table", "users", "where", Map.of("id", 1)))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ROW, "db.deleteRows", "table", "users")).isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ROW, "crm.remove", "table", "users")).isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ROW, "mongo.deleteMany", "collection", "users", "filter", Map.of("a", 1)))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ROW, "db.execute", "action", "delete", "table", "users"))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ROW, "postgres.select_rows", "table", "users")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(DELETE_ROW, "db.get_deleted_rows", "table", "users")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(DELETE_ROW, "fs.delete_file", "path", "a.txt")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(DELETE_ROW, "postgres.delete_backup", "id", "x")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(DELETE_ROW, "web_search", "query", "delete my account data"))
                .isEqualTo(Effect.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM users",
                "DELETE FROM users;",
                "DELETE FROM users WHERE 1=1",
                "DELETE FROM users WHERE true",
                "DELETE FROM users WHERE '1' = 1",
                "DELETE FROM users WHERE 0 = 0x0",
                "DELETE FROM users WHERE id = users.id",
                "DELETE FROM users AS u WHERE u.id = id",
                "DELETE FROM users -- WHERE id = 1",
                "DELETE FROM users /* WHERE id = 1 */",
                "DELETE FROM users WHERE id = id",
                "DELETE FROM users WHERE id IN (SELECT id FROM users)",
                "DELETE FROM users WHERE id = 3 OR 1 = 1",
                "DELETE FROM users WHERE NOT FALSE",
                "DELETE FROM users USING orders",
                "DELETE FROM users RETURNING *",
                "DELETE FROM users LIMIT 1000000",
                "TRUNCATE users",
                "WITH d AS (DELETE FROM users RETURNING 1) SELECT count(*) FROM d",
                "SELECT 1; DELETE FROM users",
                "DELETE FROM a WHERE id = 1; DELETE FROM b",
                "MERGE INTO users USING x ON true WHEN MATCHED THEN DELETE",
                "DO $$ BEGIN DELETE FROM users; END $$",
                "DELETE FROM users WHERE id = 1) OR (1=1"
            })
    void deletionOfEveryRowIsBlocked(String sql) {
        Verdict verdict = judge(DELETE_ALL, "postgres.execute", "sql", sql);

        assertThat(verdict.effect()).as(sql).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM users WHERE id = 1",
                "DELETE FROM users WHERE id = 42",
                "DELETE FROM sessions WHERE expires_at < now()",
                "DELETE FROM users u USING banned b WHERE b.user_id = u.id",
                "WITH old AS (SELECT id FROM x WHERE y = 1) DELETE FROM x WHERE id IN (SELECT id FROM old)",
                "SELECT * FROM users",
                "UPDATE users SET a = 1",
                "INSERT INTO users VALUES (1)",
                "SELECT 'DELETE FROM users'",
                "CREATE TABLE x (id int)"
            })
    void otherStatementsAreNotTheBusinessOfDeletions(String sql) {
        assertThat(judge(DELETE_ALL, "postgres.execute", "sql", sql).effect())
                .as(sql)
                .isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void updateIsJudgedAsDeletionIs() {
        for (String sql : List.of(
                "UPDATE users SET a = 1",
                "UPDATE users SET a = 1 WHERE true",
                "UPDATE users SET a = (SELECT 1 WHERE id = 1)",
                "UPDATE users u SET a = 1 FROM x",
                "MERGE INTO users USING x ON 1 = 1 WHEN MATCHED THEN UPDATE SET a = 1",
                "WITH u AS (UPDATE users SET a = 1 RETURNING 1) SELECT 1")) {
            assertThat(effect(UPDATE_ALL, "postgres.execute", "sql", sql))
                    .as(sql)
                    .isEqualTo(Effect.BLOCK);
        }
        for (String sql : List.of(
                "UPDATE users SET a = 1 WHERE id = 1",
                "DELETE FROM users",
                "SELECT * FROM users FOR UPDATE",
                "INSERT INTO users VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1",
                "SELECT update FROM users")) {
            assertThat(effect(UPDATE_ALL, "postgres.execute", "sql", sql))
                    .as(sql)
                    .isIn(Effect.PASS, Effect.ABSTAIN);
        }
        assertThat(effect(UPDATE_ALL, "db.update_row", "table", "users", "data", Map.of("a", 1)))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(
                        UPDATE_ALL,
                        "db.update_row",
                        "table",
                        "users",
                        "data",
                        Map.of("a", 1),
                        "where",
                        Map.of("id", 1)))
                .isEqualTo(Effect.PASS);
        assertThat(effect(UPDATE_ALL, "crm.update_contact", "name", "x")).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void conditionOfACallMustTellRowsApart() {
        for (Object where : new Object[] {
            "",
            "  ",
            "1=1",
            "true",
            "TRUE",
            true,
            1,
            "id = id",
            "*",
            "id = 1 or 1 = 1",
            "where 1=1",
            "1=1 -- id = 3",
            "id = 'never ends",
            "id = 1; drop table x",
            Map.of(),
            List.of(),
            Map.of("1", 1),
            Map.of("id", Map.of("$exists", true)),
            Map.of("id", Map.of("!=", -1)),
            Map.of("$or", List.of(Map.of())),
            Map.of("name", Map.of("like", "%")),
            List.of("", "true"),
            "id IN (SELECT id FROM users)"
        }) {
            assertThat(effect(DELETE_ALL, "db.delete_rows", "table", "users", "where", where))
                    .as(String.valueOf(where))
                    .isEqualTo(Effect.BLOCK);
        }
        for (Object where : new Object[] {
            "id = 1",
            "where id = 1",
            "name = 'true'",
            "status = 'old' and age > 3",
            Map.of("id", 1),
            Map.of("status", Map.of("!=", "a")),
            Map.of("id", List.of(1, 2)),
            List.of("id = 3"),
            List.of(Map.of("column", "id", "op", "=", "value", 3)),
            Map.of("$or", List.of(Map.of("id", 1)))
        }) {
            assertThat(effect(DELETE_ALL, "db.delete_rows", "table", "users", "where", where))
                    .as(String.valueOf(where))
                    .isEqualTo(Effect.PASS);
        }
        Map<String, @Nullable Object> none = new HashMap<>();
        none.put("x", null);
        assertThat(effect(DELETE_ALL, "db.delete_rows", "table", "users")).isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ALL, "db.delete_rows", "table", "users", "where", null))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ALL, "db.delete_row", "table", "users", "id", 5))
                .isEqualTo(Effect.PASS);
        assertThat(effect(DELETE_ALL, "db.delete_row", "table", "users", "ids", List.of()))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ALL, "mongo.deleteMany", "collection", "users", "filter", Map.of()))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ALL, "mongo.deleteMany", "collection", "users", "filter", Map.of("a", 1)))
                .isEqualTo(Effect.PASS);
        assertThat(effect(DELETE_ALL, "postgres.select_rows", "table", "users")).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void reasonSaysWhatToDoInsteadAndThatPasses() {
        assertThat(judge(DELETE_ALL, "db.run", "sql", "DELETE FROM users").reason())
                .isEqualTo("There is no condition, so every row of the table 'users' would be deleted."
                        + " Name the rows in a condition, such as WHERE id = 42.");
        assertThat(effect(DELETE_ALL, "db.run", "sql", "DELETE FROM users WHERE id = 42"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(DELETE_ROW, "db.run", "sql", "DELETE FROM users WHERE id = 1")
                        .reason())
                .contains("UPDATE of one column");
        assertThat(effect(DELETE_ROW, "db.run", "sql", "UPDATE users SET deleted = true WHERE id = 1"))
                .isEqualTo(Effect.PASS);
    }

    @Test
    void whatNobodyCanReadIsBlockedForADatabaseAndAskedElsewhere() {
        assertThat(effect(DELETE_ROW, "postgres.execute", "sql", "delete 'x")).isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ROW, "tool.run", "sql", "delete 'x")).isEqualTo(Effect.ASK);
        assertThat(effect(DELETE_ALL, "tool.run", "sql", "delete from users where id = 'x"))
                .isEqualTo(Effect.ASK);
    }

    @Test
    void questionsAreNoStatements() {
        for (String question : List.of(
                "drop table saw reviews",
                "delete files from trash automatically",
                "select the best table from amazon",
                "update on the election",
                "truncate meaning",
                "how do I delete from users without where",
                "drop table users",
                "delete from users",
                "create table of contents in word")) {
            for (String policy : List.of(DELETE_ROW, DELETE_ALL, UPDATE_ALL, "db.block-ddl")) {
                assertThat(effect(policy, "web_search", "query", question))
                        .as(policy + " " + question)
                        .isIn(Effect.ABSTAIN, Effect.PASS);
            }
        }
    }

    @Test
    void statementInACommandLineIsAStatement() {
        assertThat(effect(DELETE_ALL, "shell.run", "command", "psql -d app -c 'DELETE FROM users'"))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ALL, "shell.run", "command", "psql -d app -c 'DELETE FROM users WHERE id = 3'"))
                .isEqualTo(Effect.PASS);
        assertThat(effect(DELETE_ROW, "bash", "command", "echo 'delete from users' | psql app"))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(DELETE_ROW, "bash", "command", "echo 'delete from users'"))
                .isEqualTo(Effect.ABSTAIN);
        assertThat(effect(DELETE_ROW, "bash", "command", "git commit -m 'delete from users'"))
                .isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void policyThatWasNamedJudgesAnyCall() {
        assertThat(Catalogue.judge(
                                Catalogue.set(Catalogue.policies(), DELETE_ALL, Map.of(), "x.cleanup"),
                                request("x.cleanup", "query", "delete from users"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    private static Effect effect(String policy, String action, @Nullable Object... args) {
        return judge(policy, action, args).effect();
    }

    private static Verdict judge(String policy, String action, @Nullable Object... args) {
        return Catalogue.judge(Catalogue.set(policy, Map.of()), request(action, args));
    }
}
