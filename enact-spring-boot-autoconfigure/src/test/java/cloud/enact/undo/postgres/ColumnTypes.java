package cloud.enact.undo.postgres;

import java.util.List;

/** A column type of each kind there is, with values at its edges. */
public final class ColumnTypes {

    /** What has to be there before some of the types are. */
    public static final List<String> CREATE = List.of(
            "CREATE TYPE mood AS ENUM ('sad', 'very ''happy\"')",
            "CREATE TYPE pair AS (a float8, b text)",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)");

    /** Column type, then the values of two rows. */
    public static final List<List<String>> ALL = List.of(
            List.of("smallint", "-32768", "32767"),
            List.of("integer", "-2147483648", "2147483647"),
            List.of("bigint", "-9223372036854775808", "9223372036854775807"),
            List.of("numeric", "'1.00'", "'NaN'"),
            List.of("numeric(1000, 3)", "'-0.001'", "1e996"),
            List.of("real", "'-0'", "'Infinity'"),
            List.of("double precision", "'-0'", "'1.7976931348623157e308'"),
            List.of("double precision", "'NaN'", "'4.9e-324'"),
            List.of("money", "'-92233720368547758.08'", "'1.10'"),
            List.of("text", "''", "E'quote '' \" back\\\\slash \\n tab\\t (,) {} é 𝄞 \\u0001'"),
            List.of("varchar(5)", "'a  '", "NULL"),
            List.of("char(5)", "'a'", "''"),
            List.of("\"char\"", "'x'", "''"),
            List.of("name", "'n'", "'m'"),
            List.of("bytea", "''", "'\\x00ff5c27'"),
            List.of("timestamp", "'-infinity'", "'0001-01-01 00:00:00.000001 BC'"),
            List.of("timestamptz", "'infinity'", "'2020-06-30 23:59:59.999999+14'"),
            List.of("timestamptz(0)", "'294276-12-31 23:59:59+00'", "'4713-01-01 00:00:00+00 BC'"),
            List.of("date", "'5874897-12-31'", "'4713-01-01 BC'"),
            List.of("time", "'24:00:00'", "'00:00:00.000001'"),
            List.of("timetz", "'24:00:00-15:59'", "'00:00:00+15:59'"),
            List.of("interval", "'1 mon -1 day -00:00:00.000001'", "'30 days 720 hours'"),
            List.of("boolean", "true", "NULL"),
            List.of("uuid", "'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
            List.of("json", "'{\"b\" : 1,\"a\":2.0, \"a\":3}'", "'null'"),
            List.of("jsonb", "'null'", "'{\"a\": [1.0, 1e2, \"\\u00e9\"]}'"),
            List.of("xml", "'<a  b=\"c\"> x </a>'", "'text'"),
            List.of("int[]", "'[0:2]={1,2,NULL}'", "'{}'"),
            List.of("text[]", "'{NULL,\"NULL\",\"\",\"a,b\",\"\\\"\"}'", "'{{a,b},{c,d}}'"),
            List.of("float8[]", "'{-0,NaN}'", "NULL"),
            List.of("inet", "'::ffff:1.2.3.4/128'", "'10.0.0.1/8'"),
            List.of("cidr", "'10.0.0.0/8'", "'::/0'"),
            List.of("macaddr", "'08:00:2b:01:02:03'", "NULL"),
            List.of("macaddr8", "'08:00:2b:ff:fe:01:02:03'", "NULL"),
            List.of("bit(3)", "B'101'", "B'000'"),
            List.of("varbit", "B''", "B'1'"),
            List.of("point", "'(-0,1e300)'", "'(0.1,NaN)'"),
            List.of("line", "'{1,-1,0}'", "NULL"),
            List.of("lseg", "'[(0,0),(1,1)]'", "NULL"),
            List.of("box", "'(1,1),(0,0)'", "NULL"),
            List.of("path", "'[(0,0),(1,1)]'", "'((0,0),(1,1))'"),
            List.of("polygon", "'((0,0),(1,1),(2,0))'", "NULL"),
            List.of("circle", "'<(0,0),0>'", "NULL"),
            List.of("int4range", "'empty'", "'(,)'"),
            List.of("numrange", "'[1.0,1.00]'", "'(1,2]'"),
            List.of("tstzmultirange", "'{}'", "'{[2020-01-01,2020-01-02),(2021-01-01,)}'"),
            List.of("tsvector", "$$'a':1A 'b c':2$$", "''"),
            List.of("tsquery", "$$'a' & !'b'$$", "''"),
            List.of("pg_lsn", "'0/0'", "'FFFFFFFF/FFFFFFFF'"),
            List.of("xid8", "'0'", "'18446744073709551615'"),
            List.of("oid", "4294967295", "0"),
            List.of("regclass", "'pg_class'", "NULL"),
            List.of("jsonpath", "'$.a[*] ? (@ > 1)'", "NULL"),
            List.of("mood", "'sad'", "'very ''happy\"'"),
            List.of("pair", "ROW(NULL, '')", "ROW('-0', 'a,b')"),
            List.of("pair[]", "ARRAY[ROW(1, 'x')::pair, NULL]", "'{}'"),
            List.of("positive", "1", "NULL"),
            List.of("text COLLATE \"C\"", "'b'", "'B'"));

    private ColumnTypes() {}
}
