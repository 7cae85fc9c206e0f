package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables that patterns name.
 *
 * @param tables those that can be protected
 * @param skipped a sentence for each that can't, and was named by a pattern for many only
 */
record ProtectedTables(List<Found> tables, List<String> skipped) {

    /** An undo table has three columns of its own, and PostgreSQL allows 1600. */
    private static final int MAX_COLUMNS = 1590;

    private static final String RELATIONS = """
            SELECT c.oid::bigint, n.nspname, c.relname, c.relkind::text, c.relpersistence::text, c.relispartition,
              EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid AND NOT c.relispartition)
                OR (c.relkind <> 'p' AND EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid)),
              (SELECT count(*) FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> 'v'),
              EXISTS (SELECT FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attname LIKE 'enact$%'),
              EXISTS (SELECT FROM pg_catalog.pg_constraint k
                WHERE k.conrelid = c.oid AND (pg_catalog.to_jsonb(k) ->> 'conperiod') = 'true')
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY n.nspname, c.relname""";

    static ProtectedTables find(Session session, List<String> texts) throws SQLException {
        List<TablePattern> patterns = texts.stream().map(TablePattern::of).toList();
        List<Candidate> all = session.list(
                RELATIONS,
                row -> new Candidate(
                        row.getLong(1),
                        new TableName(row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getInt(8),
                        row.getBoolean(9),
                        row.getBoolean(10)));
        List<Found> tables = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Candidate candidate : all) {
            List<TablePattern> named =
                    patterns.stream().filter(it -> it.matches(candidate.name())).toList();
            if (named.isEmpty()) {
                continue;
            }
            String why = candidate.whyNot();
            if (why == null) {
                tables.add(new Found(
                        candidate.relation(), candidate.name(), candidate.kind().equals("p")));
            } else if (named.stream().anyMatch(TablePattern::isExact)) {
                throw new CaptureException(candidate.name() + " can't be protected: " + why);
            } else if (!candidate.isSystem()) {
                skipped.add(candidate.name() + " is not protected: " + why);
            }
        }
        for (TablePattern pattern : patterns) {
            if (pattern.isExact() && all.stream().noneMatch(it -> pattern.matches(it.name()))) {
                throw new CaptureException("There is no table " + pattern + " to protect");
            }
        }
        return new ProtectedTables(tables, skipped);
    }

    /** A table that can be protected. */
    record Found(long relation, TableName name, boolean partitioned) {}

    private record Candidate(
            long relation,
            TableName name,
            String kind,
            String persistence,
            boolean partition,
            boolean inherits,
            int columns,
            boolean ownNames,
            boolean period) {

        boolean isSystem() {
            String schema = name().schema();
            return schema.startsWith("pg_") || schema.equals("information_schema") || schema.equals("enact_undo");
        }

        @Nullable
        String whyNot() {
            if (isSystem()) {
                return "it belongs to PostgreSQL or to Enact";
            }
            switch (this.kind) {
                case "v":
                    return "it is a view; protect the tables it reads";
                case "m":
                    return "it is a materialized view";
                case "f":
                    return "it is a foreign table, whose rows are kept elsewhere";
                default:
                    break;
            }
            if (this.persistence.equals("t")) {
                return "it is temporary";
            }
            if (this.partition) {
                return "it is a partition, and is protected with the table it is a part of";
            }
            if (this.inherits) {
                return "it takes part in inheritance";
            }
            if (this.ownNames) {
                return "it has a column whose name begins with enact$";
            }
            if (this.period) {
                return "it has a key over a period";
            }
            if (this.columns == 0 || this.columns > MAX_COLUMNS) {
                return "it must have between 1 and " + MAX_COLUMNS + " columns";
            }
            return null;
        }
    }
}
