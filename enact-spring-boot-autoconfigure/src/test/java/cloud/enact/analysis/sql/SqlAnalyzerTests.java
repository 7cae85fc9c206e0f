package cloud.enact.analysis.sql;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.analysis.sql.SqlStatement.Kind;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements do, as the analysis tells it. */
class SqlAnalyzerTests {

    private final SqlAnalyzer analyzer = new SqlAnalyzer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select * from users | users",
                "SELECT * FROM Public.Users AS u, \"Orders\" | Orders public.users",
                "select (select count(*) from users) | users",
                "select * from a join b on a.x = b.x left join c using (x) cross join d | a b c d",
                "select * from (select * from users) x | users",
                "select * from ((a join b on true) join c on true) | a b c",
                "select * from ((select * from a union select * from b)) x | a b",
                "select * from a, lateral (select * from b where b.id = a.id) x | a b",
                "with x as (select * from users) select * from x | users",
                "with users as (select * from users) select * from users | users",
                "with recursive t(n) as (values (1) union all select n + 1 from t) select * from t |",
                "with a as (with b as (select * from c) select * from b) select * from a | c",
                "with b as (select 1) select * from b; select * from b | b",
                "table users | users",
                "from users select * | users",
                "select * from only users | users",
                "select * from 'public.users' | public.users",
                "select * from [dbo].[users] | dbo.users",
                "select 1 from a where x in (select y from b) and exists (select 1 from c) | a b c",
                "select a.from, a.order from a | a",
                "select 1 as from from a | a",
                "select extract(year from t), substring(x from 1 for 2), trim(both from y) from a | a",
                "select * from a where x is distinct from y | a",
                "select users.* from x | users x",
                "select x.y.z from x.y | x.y",
                "select u.id from users u | users",
                "select 'users', \"users\", users_id from a -- users | a",
                "select * from generate_series(1, 3) g | ",
                "select * from a order by (select b from c) limit (select 1 from d) | a c d",
                "select max(x) over (partition by y order by z) from a | a",
                "select * from a for update | a",
                "values (1, (select x from a)) | a",
                "copy users to stdout | users",
                "copy (select * from users) to stdout | users",
                "explain delete from users where id = 1 | users",
                "declare c cursor for select * from users | users",
                "show tables |tables",
                "describe users | users"
            })
    void tablesThatAreReadAreItsSources(String sql, String tables) {
        SqlFacts facts = this.analyzer.analyze(sql);

        assertThat(facts.problems()).as(sql).isEmpty();
        TreeSet<String> sources = new TreeSet<>();
        facts.statements().forEach(statement -> statement.sources().forEach(name -> sources.add(name.toString())));
        assertThat(String.join(" ", sources)).as(sql).isEqualTo((tables == null) ? "" : tables);
        assertThat(facts.statements())
                .as(sql)
                .allSatisfy(statement -> assertThat(statement.targets()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "insert into users (a) values (1) | INSERT users PRESENT",
                "insert into users select * from x on conflict (id) do update set a = 1 |"
                        + " INSERT users PRESENT, UPDATE users PRESENT",
                "replace into users values (1) | INSERT users PRESENT",
                "update users set a = 1 | UPDATE users NONE",
                "update only users u set a = 1 where u.id = 3 | UPDATE users PRESENT",
                "update users set a = (select 1 from x where true) | UPDATE users NONE",
                "update users u set a = x.a from x where x.id = u.id | UPDATE users PRESENT",
                "update a set x = 1 from users a | UPDATE a NONE, UPDATE users NONE",
                "update users join x on users.id = x.id set a = 1 | UPDATE users PRESENT, UPDATE x PRESENT",
                "delete from users | DELETE users NONE",
                "delete from users; | DELETE users NONE",
                "delete from users where id = 3 returning * | DELETE users PRESENT",
                "delete from users using x where x.id = users.id | DELETE users PRESENT",
                "delete from users limit 10 | DELETE users NONE",
                "delete u from users u join x on x.id = u.id | DELETE u PRESENT, DELETE users PRESENT",
                "delete u from users u left join x on x.id = u.id | DELETE u NONE, DELETE users NONE",
                "delete [users] | DELETE users NONE",
                "delete top (5) from users | DELETE users NONE",
                "with d as (delete from users returning *) select * from d | DELETE users NONE",
                "with d as (select 1) delete from users where id in (select * from d) | DELETE users PRESENT",
                "with a as (with b as (update x set y = 1 returning 1) select * from b) select 1 | UPDATE x NONE",
                "merge into t using s on t.id = s.id when matched then delete when not matched then insert values (1) |"
                        + " DELETE t PRESENT, INSERT t PRESENT",
                "merge into t using s on true when matched and t.x = 1 then update set a = 1 | UPDATE t PRESENT",
                "merge into t using s on t.id = s.id when not matched by source then delete | DELETE t NONE",
                "truncate a, only b cascade | TRUNCATE a NONE, TRUNCATE b NONE",
                "truncate table public.a | TRUNCATE public.a NONE",
                "copy users (a, b) from stdin | COPY users PRESENT",
                "explain analyze delete from users | DELETE users NONE",
                "explain (costs off, analyze) update users set a = 1 where id = 1 | UPDATE users PRESENT",
                "prepare p as delete from users | DELETE users NONE",
                "select 1; delete from users; select 2 | DELETE users NONE",
                "DELETE/**/FROM/**/users | DELETE users NONE",
                "delete from users -- where id = 1 | DELETE users NONE",
                "delete from users where /* id = 1 */ true | DELETE users TRIVIAL",
                "delete from users where current of c | DELETE users PRESENT"
            })
    void changesOfRowsAreFoundAtAnyDepth(String sql, String changes) {
        SqlFacts facts = this.analyzer.analyze(sql);

        List<String> found = facts.statements().stream()
                .flatMap(statement -> statement.changes().stream())
                .map(change -> change.verb() + " " + change.table() + " " + change.condition())
                .toList();
        assertThat(facts.problems()).as(sql).isEmpty();
        assertThat(String.join(", ", found)).as(sql).isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 | READ | SELECT",
                "with x as (select 1) select * from x | READ | SELECT",
                "with x as (delete from a returning 1) select * from x | CHANGE | SELECT",
                "begin | TRANSACTION | BEGIN",
                "set search_path = x | SESSION | SET",
                "set role admin | OPAQUE | SET",
                "set session authorization x | OPAQUE | SET",
                "reset role | OPAQUE | RESET",
                "set session_replication_role = replica | OPAQUE | SET",
                "create table a (id int references b) | DEFINITION | CREATE TABLE",
                "create or replace view v as select 1 | DEFINITION | CREATE VIEW",
                "create unique index concurrently i on a (b) | DEFINITION | CREATE INDEX",
                "create temp table x as select 1 | DEFINITION | CREATE TABLE",
                "select * into x from a | DEFINITION | SELECT INTO",
                "alter table a rename to b | DEFINITION | ALTER TABLE",
                "drop materialized view if exists a | DEFINITION | DROP VIEW",
                "truncate a | DEFINITION | TRUNCATE",
                "grant select on users to bob | DEFINITION | GRANT",
                "comment on table users is 'x' | DEFINITION | COMMENT",
                "rename table users to x | DEFINITION | RENAME TABLE",
                "do 'begin end' | OPAQUE | DO",
                "call p() | OPAQUE | CALL",
                "create function f() returns int as 'x' language sql | OPAQUE | CREATE FUNCTION",
                "create or replace trigger t before insert on a execute function f() | OPAQUE | CREATE TRIGGER",
                "create extension dblink | OPAQUE | CREATE EXTENSION",
                "alter system set x = 1 | OPAQUE | ALTER SYSTEM",
                "copy a from program 'x' | OPAQUE | COPY",
                "copy a to '/tmp/x' | OPAQUE | COPY",
                "copy a from stdin | CHANGE | COPY",
                "select dblink('x', 'drop table y') | OPAQUE | SELECT",
                "select pg_catalog.\"query_to_xml\"('x') | OPAQUE | SELECT",
                "select lo_import('/etc/passwd') | OPAQUE | SELECT",
                "select * from pg_read_file('x') | OPAQUE | SELECT",
                "select 1 into outfile 'x' | OPAQUE | SELECT",
                "exec master..xp_cmdshell 'x' | OPAQUE | EXEC",
                "xp_cmdshell 'x' | OPAQUE | XP_CMDSHELL",
                "load data infile 'x' into table a | OPAQUE | LOAD",
                "attach database 'x' as y | OPAQUE | ATTACH",
                "vacuum full a | CHANGE | VACUUM",
                "show tables | READ | SHOW",
                "explain delete from a | READ | EXPLAIN",
                "explain analyze delete from a | CHANGE | EXPLAIN ANALYZE"
            })
    void kindIsTheWorstOfAStatement(String sql, Kind kind, String verb) {
        SqlFacts facts = this.analyzer.analyze(sql);

        assertThat(facts.problems()).as(sql).isEmpty();
        assertThat(facts.statements()).as(sql).singleElement().satisfies(statement -> {
            assertThat(statement.kind()).as(sql).isEqualTo(kind);
            assertThat(statement.verb()).as(sql).isEqualTo(verb);
            assertThat(statement.dangers().isEmpty()).as(sql).isEqualTo(kind != Kind.OPAQUE);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1=1",
                "true",
                "'a'='a'",
                "id = id",
                "NOT false",
                "x = 3 OR TRUE",
                "((true))",
                "1<2",
                "2 > 1",
                "1",
                "id IS NOT NULL OR id IS NULL",
                "name LIKE '%'",
                "id IN (id)",
                "EXISTS (SELECT 1)",
                "'1' = '1'",
                "id >= 0 OR id < 0",
                "id = 1 or id <> 1",
                "id > 5 or id < 10",
                "id <> 1 or id <> 2",
                "1 IN (1, 2)",
                "id = 5 || 1=1",
                "not not true",
                "not (1 = 2)",
                "id = id + 0",
                "id || '' = id",
                "u.id = u.id",
                "coalesce(null, true)",
                "now() > '2000-01-01'",
                "random() < 2",
                "null is null",
                "1 is not null",
                "id is not null",
                "id > 0",
                "id >= 0",
                "id > -1",
                "length(name) >= 0",
                "name ~ '.*'",
                "name ~ ''",
                "case when true then true end",
                "case when 1 = 1 then 1 else 0 end = 1",
                "$1",
                ":all",
                "? = ?",
                "id in (select id from t)",
                "id = any (select id from public.t)",
                "id between id and id",
                "true is true",
                "(1 = 1) is not false",
                "id is not distinct from id",
                "id = any(array[id])",
                "cast(1 as int) = 1",
                "1::int = 1",
                "'x' || 'y' = 'xy'",
                "(select 1) = 1",
                "exists (select 1 from x)",
                "name like '%' and 1 = 1",
                "id = 3 or (id = id and true)",
                "not exists (select 1 where false) or true",
                "name >= ''",
                "x is null or not (x is null)",
                "x = 1 or not x = 1",
                "TRUE AND NOT FALSE",
                "\"id\" = id",
                "0 = 0",
                "1 = 1 -- and id = 3",
                "5 between 1 and 10",
                "-1 < 0",
                "1.0 = 1"
            })
    void conditionsThatHoldForEveryRowAreTrivial(String condition) {
        assertThat(condition(condition)).as(condition).isEqualTo(SqlCondition.TRIVIAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 3",
                "id = $1",
                "id in (1, 2)",
                "active",
                "not active",
                "x = 1 and y = 2",
                "x = 1 or y = 2",
                "name = 'true'",
                "name like 'a%'",
                "id in (select user_id from x where y = 1)",
                "exists (select 1 from x where x.id = t.id)",
                "created < now() - interval '30 days'",
                "id > 100",
                "id between 1 and 5",
                "id between 1 and 5 and x = 1 or y = 2",
                "x is null",
                "deleted_at is not null",
                "1 = 0",
                "false",
                "id = 1 or id = 2",
                "id <> 1",
                "x > 5 and x < 10",
                "x < 5 or x > 10",
                "(a, b) = (1, 2)",
                "data ->> 'a' = 'b'",
                "data @> '{\"a\": 1}'",
                "id = any($1)",
                "lower(name) = 'x'",
                "coalesce(deleted, false) = true",
                "x = 1 and 1 = 1",
                "case when x = 1 then true else false end",
                "id = (select max(id) from x)",
                "id = id2",
                "a.id = b.id",
                "name ilike '%x%'",
                "current of c",
                "status in ('a', 'b') and id > 0",
                "email <> ''",
                "id is null",
                "x = y + 1",
                "ts >= '2024-01-01'",
                "length(name) > 3",
                "id not in (select id from x)",
                "id in (select id from other)",
                "id in (select id from t where x = 1)",
                "id in (select id from t limit 10)",
                "x::date = '2024-01-01'"
            })
    void conditionsThatTellRowsApartAreThere(String condition) {
        assertThat(condition(condition)).as(condition).isEqualTo(SqlCondition.PRESENT);
    }

    private SqlCondition condition(String condition) {
        SqlFacts facts = this.analyzer.analyze("delete from t where " + condition);

        assertThat(facts.problems()).as(condition).isEmpty();
        return facts.statements().get(0).changes().get(0).condition();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'never ends",
                "select /* never ends",
                "select \"never ends",
                "select (1",
                "select 1)",
                "select /*! from orders */ 1",
                "select q'[']', 1",
                "select U&\"\\0075sers\"",
                "select 1 \0",
                "select 1 drop table users",
                "select 1 go drop table users",
                "flarb x",
                "how many users are there",
                "select 'x\\'; drop table users; --', 1, 'y'",
                "select * from :t",
                "update set a = 1",
                "select\u00A01 from users",
                "select $$a; drop table x $$"
            })
    void whatCanNotBeReadForSureIsNotUnderstood(String sql) {
        assertThat(this.analyzer.analyze(sql).understood()).as(sql).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a\\' , 'b'",
                "select 'it\\'s'",
                "select E'it\\'s'",
                "select $$it's$$",
                "select $x$ ' $x$",
                "select 1 -- it's\n",
                "select 1 --it's\n",
                "select 1 # it's\n",
                "select 1 /* a /* b */ c */",
                "select data #>> '{a,b}' from orders",
                "update t set x = data #>> '{a}' where id = 1",
                "update t set a = 1 --all of it\n where id = 3",
                "select a[1], ARRAY['x', 'y'] from t",
                "--all users\nselect * from t",
                "insert into t values ($$a; drop table users$$)",
                "select 'C:\\temp' from orders",
                "select 1;;",
                "select \"a\"\"b\"",
                "select `a` from b",
                "select @amount, @@version",
                "\\d users",
                "select a from b \\g",
                "select x from y where z ~* 'a|b'"
            })
    void textsThatDatabasesReadAlikeAreUnderstood(String sql) {
        assertThat(this.analyzer.analyze(sql).problems()).as(sql).isEmpty();
    }

    /** The grammar takes the quote behind the backslash for the end of the string, and sees no second statement. */
    @Test
    void textThatTwoReadersReadDifferentlyIsNotUnderstood() {
        SqlFacts facts = this.analyzer.analyzeForPostgres("SELECT E'\\''; DROP TABLE x; -- a'b");

        assertThat(facts.problems()).containsExactly("is read in two ways by two readers");
        assertThat(facts.statements()).extracting(SqlStatement::verb).containsExactly("SELECT", "DROP TABLE");
    }

    @Test
    void statementIsFoundBehindAStringThatHidesIt() {
        for (String sql : List.of(
                "SELECT E'\\'' ; DROP TABLE x; --'",
                "select $t$ ' $t$; DROP TABLE x",
                "select 'a\\'; DROP TABLE x; --'",
                "select '\\\\'; DROP TABLE x",
                "select 1 /* a /* b */ ; select 2; */; DROP TABLE x",
                "select \"a;b\"; DROP TABLE x",
                "select $a$ $b$ $a$; DROP TABLE x; select '$b$'")) {
            assertThat(this.analyzer.analyze(sql).statements())
                    .as(sql)
                    .anyMatch(statement -> statement.verb().equals("DROP TABLE"));
        }
    }

    @Test
    void commandsOfThePostgresClientAreSeen() {
        for (String sql :
                List.of("\\! rm -rf /", "select 1 \\g |sh", "\\copy a to program 'x'", "\\i x.sql", "\\o |x")) {
            assertThat(this.analyzer.analyze(sql).statements())
                    .as(sql)
                    .anyMatch(statement -> statement.dangers().contains("psql command"));
        }
    }
}
