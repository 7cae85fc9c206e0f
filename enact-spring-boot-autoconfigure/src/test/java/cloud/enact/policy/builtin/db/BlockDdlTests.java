package cloud.enact.policy.builtin.db;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code db.block-ddl}. */
class BlockDdlTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE x (id int)",
                "create unlogged table if not exists x as select 1",
                "CREATE OR REPLACE VIEW v AS SELECT 1",
                "create unique index concurrently i on a (b)",
                "ALTER TABLE users DROP COLUMN email",
                "alter table if exists only users rename to x",
                "DROP TABLE users",
                "drop index concurrently i",
                "DROP SCHEMA public CASCADE",
                "TRUNCATE users",
                "RENAME TABLE a TO b",
                "SELECT * INTO backup FROM users",
                "GRANT ALL ON users TO bob",
                "REVOKE SELECT ON users FROM bob",
                "COMMENT ON TABLE users IS 'x'",
                "select 1; drop table users",
                "begin; alter table a add b int; commit",
                "DO $$ BEGIN DROP TABLE users; END $$",
                "EXECUTE stmt",
                "PREPARE s AS SELECT 1",
                "COPY users FROM PROGRAM 'x'",
                "CALL p()",
                "select dblink_exec('x', 'drop table y')",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'",
                "ALTER SYSTEM SET x = 1",
                "CREATE EXTENSION dblink",
                "explain analyze create table x as select 1",
                "SELECT E'\\'' ; DROP TABLE x; --'",
                "select $a$ ' $a$; drop table x",
                "select '\\'; drop table x; --'",
                "select 1 /* ; */ ; /* */ drop/**/table x",
                "dRoP\ntable\tx",
                "select 'never ends; drop table x"
            })
    void definitionsAreBlockedHoweverTheyAreWritten(String sql) {
        assertThat(judge("postgres.execute", "sql", sql).effect()).as(sql).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from users",
                "select 'DROP TABLE users'",
                "insert into log (note) values ('create table; drop table')",
                "select * from users -- drop table users\n",
                "select created, altered, dropped from changes",
                "update users set note = 'alter table' where id = 1",
                "select \"create\", \"drop\" from x",
                "delete from users where id = 1",
                "select create_date from truncate_log",
                "select * from create_table_jobs",
                "explain select 1",
                "analyze users",
                "vacuum users",
                "set search_path = app",
                "begin; insert into a values (1); commit",
                "with d as (select 1) select * from d",
                ""
            })
    void lookAlikesPass(String sql) {
        assertThat(judge("postgres.execute", "sql", sql).effect()).as(sql).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void callsThatDefineAreBlocked() {
        for (String action : new String[] {
            "postgres.create_table",
            "db.dropTable",
            "supabase.alter_table",
            "postgres.add_column",
            "db.create_index",
            "postgres.truncate",
            "mysql.rename_table",
            "db.drop_database",
            "x.drop_table"
        }) {
            assertThat(judge(action, "table", "users").effect()).as(action).isEqualTo(Effect.BLOCK);
        }
        for (String action : new String[] {
            "postgres.list_tables",
            "db.describe_table",
            "postgres.insert_row",
            "postgres.update_row",
            "db.get_schema",
            "fs.create_file",
            "github.create_branch",
            "notes.create",
            "db.add_row"
        }) {
            assertThat(judge(action, "table", "users").effect()).as(action).isIn(Effect.PASS, Effect.ABSTAIN);
        }
    }

    private static Verdict judge(String action, Object... args) {
        return Catalogue.judge(Catalogue.set("db.block-ddl", Map.of()), request(action, args));
    }
}
