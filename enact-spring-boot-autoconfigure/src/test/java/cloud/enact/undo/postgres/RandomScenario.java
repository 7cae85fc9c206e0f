package cloud.enact.undo.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A random schema with rows, and random statements that change them. The same seed makes the same. */
final class RandomScenario {

    /** Types of columns, with an expression over {@code i} for a value. */
    private static final List<List<String>> TYPES =
            Stream.concat(plain().stream(), edges()).toList();

    private static final List<String> ACTIONS = List.of(
            "",
            "ON DELETE CASCADE",
            "ON DELETE SET NULL",
            "ON UPDATE CASCADE",
            "ON DELETE CASCADE ON UPDATE CASCADE",
            "ON UPDATE SET NULL",
            "DEFERRABLE INITIALLY DEFERRED",
            "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED");

    private static final List<Key> KEYS = List.of(
            Key.INT,
            Key.INT,
            Key.INT,
            Key.INT,
            Key.IDENTITY,
            Key.IDENTITY,
            Key.IDENTITY,
            Key.NUMERIC,
            Key.NUMERIC,
            Key.NONE,
            Key.NONE,
            Key.DEFERRED);

    private final Random random;

    private final List<Table> tables = new ArrayList<>();

    RandomScenario(long seed) {
        this.random = new Random(seed);
        int count = 2 + this.random.nextInt(3);
        for (int i = 0; i < count; i++) {
            List<Integer> types = new ArrayList<>();
            for (int c = 1 + this.random.nextInt(4); c > 0; c--) {
                types.add(this.random.nextInt(TYPES.size()));
            }
            this.tables.add(new Table("t" + i, KEYS.get(this.random.nextInt(KEYS.size())), types));
        }
    }

    private static List<List<String>> plain() {
        return List.of(
                List.of("int", "i"),
                List.of("text", "'x' || i"),
                List.of("numeric", "(i / 10.0)::numeric(10, 2)"),
                List.of("float8", "CASE i % 3 WHEN 0 THEN '-0'::float8 ELSE i / 7.0 END"),
                List.of("jsonb", "jsonb_build_object('k', i)"),
                List.of("json", "format('{\"a\" : %s,\"a\":2}', i)::json"),
                List.of("bytea", "decode(md5(i::text), 'hex')"),
                List.of("timestamptz", "timestamptz '2020-01-01' + i * interval '1 hour'"),
                List.of("int[]", "CASE i % 2 WHEN 0 THEN '[0:1]={1,2}'::int[] ELSE ARRAY[i, NULL] END"),
                List.of("boolean", "i % 2 = 0"),
                List.of("point", "point(i, -i)"),
                List.of("int4range", "int4range(i, i + 5)"),
                List.of("interval", "i * interval '1 day'"));
    }

    private static Stream<List<String>> edges() {
        return ColumnTypes.ALL.stream()
                .map(type -> List.of(
                        type.get(0),
                        "CASE i % 3 WHEN 0 THEN CAST(" + type.get(1) + " AS " + cast(type) + ") WHEN 1 THEN CAST("
                                + type.get(2) + " AS " + cast(type) + ") END"));
    }

    private static String cast(List<String> type) {
        return type.get(0).replace(" COLLATE \"C\"", "");
    }

    /** Tables without rows. */
    List<String> tables() {
        List<String> sql = new ArrayList<>();
        for (Table table : this.tables) {
            StringBuilder columns = new StringBuilder("id " + table.key().column + ", ref int");
            for (int c = 0; c < table.types().size(); c++) {
                columns.append(", c")
                        .append(c)
                        .append(' ')
                        .append(TYPES.get(table.types().get(c)).get(0));
            }
            if (chance(4)) {
                columns.append(", g text GENERATED ALWAYS AS (id::text || '!') STORED");
            }
            if (chance(5)) {
                columns.append(", u int UNIQUE").append(chance(6) ? " DEFERRABLE INITIALLY DEFERRED" : "");
            }
            boolean partitioned = table.key() == Key.INT && chance(4);
            sql.add("CREATE TABLE " + table.name() + " ("
                    + (partitioned
                            ? columns.toString().replace(" UNIQUE", "").replace(" DEFERRABLE INITIALLY DEFERRED", "")
                            : columns)
                    + ")" + (partitioned ? " PARTITION BY RANGE (id)" : ""));
            if (partitioned) {
                sql.add("CREATE TABLE " + table.name() + "_low PARTITION OF " + table.name()
                        + " FOR VALUES FROM (MINVALUE) TO (12)");
                sql.add("CREATE TABLE " + table.name() + "_high PARTITION OF " + table.name()
                        + " FOR VALUES FROM (12) TO (MAXVALUE)");
            }
            if (chance(6)) {
                sql.add("CREATE TRIGGER stamp BEFORE UPDATE ON " + table.name()
                        + " FOR EACH ROW EXECUTE FUNCTION stamp()");
            }
        }
        for (Table table : this.tables) {
            Table parent = any();
            if (parent.key() == Key.INT || parent.key() == Key.IDENTITY) {
                sql.add("ALTER TABLE " + table.name() + " ADD FOREIGN KEY (ref) REFERENCES " + parent.name() + " "
                        + ACTIONS.get(this.random.nextInt(ACTIONS.size())));
            }
        }
        return sql;
    }

    /** Rows for all tables; some of the statements may fail. */
    List<String> rows() {
        List<String> sql = new ArrayList<>();
        for (Table table : this.tables) {
            sql.add(insert(table, 1, 10 + this.random.nextInt(15), "NULL"));
        }
        for (Table table : this.tables) {
            sql.add("UPDATE " + table.name() + " SET ref = 1 + (random() * 0)::int WHERE " + some());
            sql.add("UPDATE " + table.name() + " SET ref = 5 WHERE " + some());
        }
        return sql;
    }

    /** Statements that change rows; some of them may fail. */
    List<String> changes(int most) {
        return IntStream.range(0, 1 + this.random.nextInt(most))
                .mapToObj(i -> change())
                .toList();
    }

    boolean chance(int oneIn) {
        return this.random.nextInt(oneIn) == 0;
    }

    private String change() {
        Table table = any();
        String name = table.name();
        int column = this.random.nextInt(table.types().size());
        String set = "c" + column + " = (SELECT "
                + TYPES.get(table.types().get(column)).get(1) + " FROM (SELECT " + this.random.nextInt(100)
                + " AS i) AS v)";
        return switch (this.random.nextInt(14)) {
            case 0, 1 -> insert(table, 20 + this.random.nextInt(20), 3, chance(2) ? "NULL" : "3");
            case 2, 3, 4 -> "UPDATE " + name + " SET " + set + " WHERE " + some();
            case 5 -> "UPDATE " + name + " SET id = id + " + (1 + this.random.nextInt(3)) + " WHERE " + some();
            case 6 -> "UPDATE " + name + " SET ref = " + this.random.nextInt(12) + " WHERE " + some();
            case 7, 8 -> "DELETE FROM " + name + " WHERE " + some();
            case 9 -> chance(3) ? "TRUNCATE " + name + " CASCADE" : "DELETE FROM " + name;
            case 10 -> insert(table, 5 + this.random.nextInt(10), 6, "NULL") + " ON CONFLICT (id) DO UPDATE SET " + set;
            case 11 ->
                "MERGE INTO " + name + " USING generate_series(3, 25) AS s (i) ON " + name + ".id = s.i"
                        + " WHEN MATCHED AND " + name + ".id % 3 = 0 THEN DELETE"
                        + " WHEN MATCHED THEN UPDATE SET " + set
                        + " WHEN NOT MATCHED AND s.i % 2 = 0 THEN INSERT (id, ref) OVERRIDING SYSTEM VALUE VALUES (s.i, NULL)";
            case 12 ->
                "WITH d AS (DELETE FROM " + name + " WHERE " + some() + " RETURNING id), n AS (INSERT INTO "
                        + name + " (id) OVERRIDING SYSTEM VALUE SELECT id FROM d LIMIT 2) UPDATE " + any().name()
                        + " SET ref = NULL WHERE " + some();
            default -> "UPDATE " + name + " SET id = id, " + set;
        };
    }

    private String insert(Table table, int from, int count, String ref) {
        StringBuilder values = new StringBuilder();
        StringBuilder names = new StringBuilder();
        for (int c = 0; c < table.types().size(); c++) {
            names.append(", c").append(c);
            values.append(", ").append(TYPES.get(table.types().get(c)).get(1));
        }
        return "INSERT INTO " + table.name() + " (id, ref" + names + ") OVERRIDING SYSTEM VALUE SELECT i, " + ref
                + values + " FROM generate_series(" + from + ", " + (from + count) + ") AS s (i)";
    }

    private String some() {
        int modulo = 1 + this.random.nextInt(5);
        return "id::int % " + modulo + " = " + this.random.nextInt(modulo);
    }

    private Table any() {
        return this.tables.get(this.random.nextInt(this.tables.size()));
    }

    private enum Key {
        INT("int PRIMARY KEY"),
        IDENTITY("int GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
        NUMERIC("numeric PRIMARY KEY"),
        DEFERRED("int PRIMARY KEY DEFERRABLE"),
        NONE("int");

        private final String column;

        Key(String column) {
            this.column = column;
        }
    }

    private record Table(String name, Key key, List<Integer> types) {}
}
