package cloud.enact.analysis.sql;

import java.util.List;
import java.util.Random;

/** Statements at random, with strings and comments that hide others. */
final class SqlTexts {

    private static final List<String> STATEMENTS = List.of(
            "select 1",
            "delete from t1",
            "delete from t2 where a = 1",
            "DELETE FROM only public.t3 x USING t1 WHERE x.a = t1.a",
            "update t2 set a = 2",
            "update \"t3\" as x set a = 3 where x.a in (select a from t1)",
            "insert into t4 values (7)",
            "insert into t1 select a from t2",
            "truncate t3",
            "truncate table only t1, t2",
            "drop table t4",
            "drop table if exists t2, t3 cascade",
            "with d as (delete from t1 returning a) select * from d",
            "with t2 as (select 1 as a), u as (update t3 set a = 9 returning 1) select a from t2",
            "merge into t4 using t1 on t4.a = t1.a when matched then delete when not matched then insert values (t1.a)",
            "create table n as with d as (select 1) select * from d",
            "explain analyze delete from t1",
            "explain delete from t2",
            "prepare p as delete from t3",
            "alter table t4 rename to t5",
            "(select 1)",
            "values (1), (2)",
            "table t1",
            "select count(*) from t1, t2 where t1.a = t2.a",
            "do 'begin delete from t1; end'",
            "insert into t2 values (1) on conflict do nothing",
            "copy t1 to '/dev/null'");

    private static final List<String> PIECES = List.of(
            "'", "''", "\"", "\\", "\\'", "$$", "$a$", "$a", "/*", "*/", "--", "-- ", "\n", "\r", ";", " ", "E'", "U&'",
            "(", ")", "`", "#", "[", "]", "||", "::text", "b'1'", "x", ",", "/", "*", "-", "$1", ":a", "@", "\t");

    private final Random random;

    SqlTexts(long seed) {
        this.random = new Random(seed);
    }

    /** A text that is often valid. */
    String next() {
        StringBuilder text = new StringBuilder();
        int parts = 1 + this.random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            text.append((i == 0) ? "" : this.random.nextInt(8) == 0 ? " " : ";").append(part());
        }
        while (this.random.nextInt(4) == 0) {
            int at = this.random.nextInt(text.length() + 1);
            if (this.random.nextBoolean()) {
                text.insert(at, pick(PIECES));
            } else if (at < text.length()) {
                text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    /** Pieces without order. */
    String soup() {
        StringBuilder text = new StringBuilder();
        for (int i = this.random.nextInt(14); i >= 0; i--) {
            text.append(pick(this.random.nextInt(3) == 0 ? STATEMENTS : PIECES));
        }
        return text.toString();
    }

    private String part() {
        String hidden = hidden();
        return switch (this.random.nextInt(14)) {
            case 0 -> "select '" + hidden.replace("'", "''") + "'";
            case 1 -> "select E'" + hidden.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case 2 -> "select $$" + hidden.replace("$$", "") + "$$";
            case 3 -> "select $q$" + hidden.replace("$q$", "") + "$q$ , 1";
            case 4 -> "select 1 /*" + hidden.replace("*/", "").replace("/*", "") + "*/";
            case 5 -> "select 1 /* /* " + hidden.replace("*/", "").replace("/*", "") + " */ */";
            case 6 -> "select 1 -- " + hidden.replace("\n", "").replace("\r", "") + "\n";
            case 7 -> "select 1 as \"" + hidden.replace("\"", "\"\"") + "\"";
            case 8 -> "select U&'" + hidden.replace("\\", "").replace("'", "''") + "'";
            case 9 -> "select '" + hidden.replace("'", "''") + "\\'";
            case 10 -> "select E'\\\\' , '" + hidden.replace("'", "''") + "'";
            case 11 -> "select 1 --" + hidden.replace("\n", "").replace("\r", "") + "\n";
            default -> statement();
        };
    }

    private String hidden() {
        StringBuilder text = new StringBuilder();
        for (int i = this.random.nextInt(5); i >= 0; i--) {
            text.append(pick(this.random.nextBoolean() ? PIECES : STATEMENTS));
        }
        return text.toString();
    }

    private String statement() {
        String statement = pick(STATEMENTS);
        return switch (this.random.nextInt(4)) {
            case 0 -> statement.replace(" ", "/**/");
            case 1 -> statement.replace(" ", "\n\t");
            default -> statement;
        };
    }

    private String pick(List<String> from) {
        return from.get(this.random.nextInt(from.size()));
    }
}
