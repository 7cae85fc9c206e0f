package cloud.enact.analysis.sql;

import java.util.List;

/**
 * One statement. Immutable.
 *
 * @param kind what it does, the worst of it where parts do different things
 * @param verb its leading words in capitals, such as {@code DELETE}, {@code DROP TABLE}, {@code ALTER SYSTEM}
 * @param targets tables and other things it changes, defines or removes
 * @param sources tables it reads, also in subqueries and CTEs
 * @param changes every change of rows at any depth
 * @param dangers constructs whose effect the text does not tell or that reach beyond tables, such as {@code DO},
 *     {@code COPY PROGRAM}, {@code EXECUTE}, {@code pg_read_file}
 * @param columns columns of the outermost list of a query, {@code *} for all; empty for other statements
 * @param condition what limits the rows of a query; {@code PRESENT} for other statements
 * @param limited whether a query has a LIMIT or FETCH, or is an aggregate without groups
 */
public record SqlStatement(
        Kind kind,
        String verb,
        List<SqlName> targets,
        List<SqlName> sources,
        List<SqlChange> changes,
        List<String> dangers,
        List<String> columns,
        SqlCondition condition,
        boolean limited) {

    public SqlStatement {
        targets = List.copyOf(targets);
        sources = List.copyOf(sources);
        changes = List.copyOf(changes);
        dangers = List.copyOf(dangers);
        columns = List.copyOf(columns);
    }

    /** What a statement does, ordered by how far it reaches. */
    public enum Kind {
        READ,
        TRANSACTION,
        SESSION,
        CHANGE,
        DEFINITION,
        OPAQUE
    }
}
