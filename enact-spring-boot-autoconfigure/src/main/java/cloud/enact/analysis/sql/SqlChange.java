package cloud.enact.analysis.sql;

/**
 * One change of rows, at any depth of a statement.
 *
 * @param verb {@code INSERT}, {@code UPDATE}, {@code DELETE}, {@code MERGE}, {@code TRUNCATE} or {@code COPY}
 * @param table the table that is changed
 * @param condition what limits it; {@code PRESENT} where rows are only added
 */
public record SqlChange(String verb, SqlName table, SqlCondition condition) {}
