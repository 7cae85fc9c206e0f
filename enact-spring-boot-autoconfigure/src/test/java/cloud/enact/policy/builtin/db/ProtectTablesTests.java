package cloud.enact.policy.builtin.db;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectTablesTests {

    private final PolicySet set = Catalogue.set("db.protect-tables", Map.of("tables", List.of("users", "audit_log")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users", "USERS", " users ", "public.users", "\"users\"", "\"public\".\"users\"", "`users`",
                "[dbo].[users]", "db..users", "public . users", "users u", "users; drop table x", "us\u200Bers",
                        "ｕｓｅｒｓ",
                "audit_log", "orders, users", "(select * from users) x", "*", "user's"
            })
    void tableIsProtectedInAnySpelling(String table) {
        assertThat(judge("postgres.delete_row", "table", table).effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "users_archive",
                "my_users",
                "superusers",
                "public.orders",
                "audit",
                "user",
                "usersx",
                "\"u\"",
                "audit_logs",
                "orders_users_view"
            })
    void lookAlikesPass(String table) {
        assertThat(judge("postgres.delete_row", "table", table).effect()).isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from users",
                "SELECT * FROM Users",
                "create table x () inherits (a, users)",
                "select * from public.users",
                "select * from \"users\"",
                "select * from [users]",
                "select * from `users`",
                "delete from users where id = 1",
                "update users set a = 1",
                "insert into users values (1)",
                "truncate users",
                "drop table if exists users",
                "alter table users add x int",
                "with x as (select * from users) select * from x",
                "select * from orders join users on true",
                "select (select count(*) from users)",
                "select 1; delete from users",
                "/* x */ select * from users",
                "select * from/**/users",
                "select * from -- x\n users",
                "copy users from stdin",
                "grant all on users to x",
                "table users",
                "merge into orders using users on true when matched then delete",
                "select 'it''s' from users",
                "select E'it\\'s', * from users",
                "select $$ x $$, * from users",
                "lock table users",
                "create view v as select * from users",
                "explain analyze delete from users",
                "select 5--(select count(*) from users)\n",
                "select * from # x\n users",
                "from users select *",
                "select * from a$x$, users",
                "insert into orders select * from users",
                "select us\u200Bers.* from x",
                "select '--' , * from users",
                "select '/*' , * from users /* ' */",
                "select * from \"Users\"",
                "delete from only users",
                "rename table users to x",
                "DELETE FROM 'users'",
                "delete from 'public.users'",
                "update or replace 'users' set a = 1",
                "drop table if exists 'users'",
                "SELECT * FROM `project.dataset.users`",
                "select * from [dbo.users]",
                "SELECT * FROM IDENTIFIER('users')",
                "SELECT * FROM TABLE('users')",
                "SELECT * FROM app:users",
                "START TRANSACTION; DROP TABLE users",
                "SET x = 1; DROP TABLE users",
                "COMMIT; DROP TABLE users",
                "PRAGMA foreign_keys = off; DELETE FROM users",
                "USE app; DELETE FROM users"
            })
    void statementsThatTouchAProtectedTableAreBlocked(String sql) {
        for (String key : List.of("sql", "query", "statement")) {
            Verdict verdict = judge("postgres.execute", key, sql);
            assertThat(verdict.effect()).as(sql).isEqualTo(Effect.BLOCK);
            assertThat(verdict.reason()).as(sql).contains("is protected");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'unterminated from orders",
                "select /* never ends",
                "select /*! from orders */ 1",
                "do $$ begin end $$",
                "execute x",
                "exec('dr' || 'op')",
                "prepare p as select 1",
                "call cleanup()",
                "select dblink('x', 'y')",
                "select pg_catalog.query_to_xml('x')",
                "select \"query_to_xml\"('x')",
                "exec master..xp_cmdshell 'x'",
                "select query_to_xml('sel' || 'ect', true, true, '')",
                "copy orders from program 'x'",
                "create publication p for table users",
                "create function f() returns int as $x$ $x$",
                "select U&\"\\0075sers\"",
                "select q'[']', 1",
                "select [a'b]",
                "select \"never ends",
                "select 1 \0",
                "select $x$ never ends",
                "select 1 # it's\n",
                "create or replace procedure p() as begin end",
                "sp_rename 'users', 'gone'",
                "sp_msforeachtable 'drop table ?'",
                "DROP SCHEMA public CASCADE",
                "DROP DATABASE app",
                "DROP OWNED BY app CASCADE",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO bob",
                "UPDATE sqlite_master SET sql = '' WHERE name = 'users'",
                "pragma writable_schema = on"
            })
    void statementsThatCannotBeUnderstoodAreBlocked(String sql) {
        Verdict verdict = judge("postgres.execute", "sql", sql);

        assertThat(verdict.effect()).as(sql).isEqualTo(Effect.BLOCK);
        assertThat(verdict.reason()).as(sql).contains("nobody can say");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from orders",
                "select 'users'",
                "select * from orders where note = 'about users'",
                "select * from orders -- users\n",
                "select 1 /* users */",
                "select * from orders where id = :users",
                "select * from orders where id = @users",
                "select E'users'",
                "select E'it\\'s users'",
                "select 'it''s users'",
                "select users_count from stats",
                "insert into orders values ('x', 1)",
                "select * from superusers",
                "grant select on orders to x",
                "select data #>> '{users}' from orders",
                "select a - -b from orders",
                "select * from orders where a[1] = 2",
                "insert into t values (1) on conflict do nothing",
                "select 'C:\\temp' from orders",
                "",
                "   ",
                ";",
                "select $1, $2 from orders",
                "select program, o.execute from orders o",
                "select * from orders where note is distinct from 'users'",
                "select * from orders o where o.kind in ('users', 'x')",
                "select name from sqlite_master where type = 'table'",
                "insert into orders (a) values ('users')",
                "update orders set note = 'users'",
                "drop table schema_versions",
                "select 'users' from orders",
                "select * from orders where id between :a and :users",
                "select /* a /* b */ c */ 1",
                "select 'a\\' , 'b'",
                "select 1 --it's\n",
                "select $x$ ' $x$",
                "select \"a\\\" from x",
                "select a, '$x$ -- ', $x$ '$x$"
            })
    void statementsThatOnlyMentionItPass(String sql) {
        assertThat(judge("postgres.execute", "sql", sql).effect()).as(sql).isEqualTo(Effect.PASS);
    }

    @Test
    void questionToASearchEngineIsNoStatement() {
        assertThat(judge("web.search", "query", "how many users read it's docs").effect())
                .isEqualTo(Effect.PASS);
        assertThat(judge("tool.run", "query", "select * from users").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge("tool.run", "query", "/*! x */ select * from users").effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge("tool.run", "query", "select '" + "x".repeat(300_000) + "' from users")
                        .effect())
                .isEqualTo(Effect.ASK);
    }

    @Test
    void conditionReachesATableThroughItsOwnQuery() {
        assertThat(judge("db.delete", "table", "orders", "where", "id in (SELECT id FROM users)")
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge("db.delete", "table", "orders", "where", "name = 'O'Brien'")
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1=1; DROP TABLE users", "id IN (TABLE users)", "id = 1; DELETE FROM users --"})
    void conditionThatReachesAProtectedTableIsBlocked(String where) {
        assertThat(judge("postgres.delete_row", "table", "orders", "where", where)
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"columns", "order_by", "join", "set", "having", "from"})
    void otherPartsOfAStatementThatReachAProtectedTableAreBlocked(String part) {
        assertThat(judge("postgres.select", "table", "orders", part, "(select password from users)")
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge("postgres.select", "table", "orders", part, "user_id").effect())
                .isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "script", "sql_text", "sql_command", "query_text", "hql", "ddl", "ddl_text"})
    void statementsUnderOtherNamesAreJudged(String argument) {
        assertThat(judge("db.run", argument, "DROP TABLE users").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge("db.run", argument, "DROP TABLE orders").effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void laterStatementsAreReadWhateverTheFirstOneIsAndWhereverTheyGo() {
        assertThat(judge("execute_query", "sql", "START TRANSACTION; DROP TABLE users")
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge("shell.run", "command", "it's no statement").effect()).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void valuesOfAStatementAreNoNames() {
        assertThat(judge("db.query", "sql", "select * from orders where name = ?", "args", List.of("O'Brien"))
                        .effect())
                .isEqualTo(Effect.PASS);
        assertThat(judge("db.update", "table", "orders", "set", Map.of("name", "O'Brien"))
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void schemaInTheConfigurationNarrows() {
        PolicySet auth = Catalogue.set("db.protect-tables", Map.of("tables", "auth.users"));

        for (String touching : List.of("auth.users", "users", "db.auth.users", "\"auth\".users")) {
            assertThat(Catalogue.judge(auth, request("db.x", "table", touching)).effect())
                    .as(touching)
                    .isEqualTo(Effect.BLOCK);
        }
        assertThat(Catalogue.judge(auth, request("db.x", "table", "other.users"))
                        .effect())
                .isEqualTo(Effect.PASS);
        assertThat(Catalogue.judge(auth, request("db.x", "sql", "select * from crm.users"))
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void absentAndOtherInputs() {
        assertThat(judge("crm.update").effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge("db.x", "table", null).effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge("db.x", "table", 5).effect()).isEqualTo(Effect.PASS);
        assertThat(judge("db.x", "tables", List.of("orders", "users")).effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge("db.x", "table", Map.of("schema", "public", "name", "users"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge("db.x", "steps", List.of(Map.of("sql", "drop table users")))
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void tableWithADashIsFound() {
        PolicySet dashed = Catalogue.set("db.protect-tables", Map.of("tables", "my-table"));

        assertThat(Catalogue.judge(dashed, request("db.x", "table", "MY-table")).effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(Catalogue.judge(dashed, request("db.x", "sql", "select * from \"my-table\""))
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void tablesMustBeNamed() {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("db.protect-tables", Map.of()))
                .withMessageContaining("'tables'");
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("db.protect-tables", Map.of("tables", "a..b")))
                .withMessageContaining("no table");
    }

    @Test
    void hostileStatementsAreReadInOnePass() {
        for (String unit :
                List.of("[", "#", "--x", "$", "$a$", "'", "\"", "/*", "/**/", "a.", "((", "\uD800", "[a", "# \n")) {
            String sql = "select " + unit.repeat(250_000 / unit.length());

            assertThat(judge("db.x", "sql", sql).effect()).isNotEqualTo(Effect.ABSTAIN);
        }
    }

    private Verdict judge(String action, Object... args) {
        return Catalogue.judge(this.set, request(action, args));
    }
}
