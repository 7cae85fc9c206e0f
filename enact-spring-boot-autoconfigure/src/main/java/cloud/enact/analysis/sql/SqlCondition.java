package cloud.enact.analysis.sql;

/** What keeps a change from touching every row. */
public enum SqlCondition {
    /** Nothing does: there is no condition. */
    NONE,
    /** There is one, but it holds for every row: {@code 1=1}, {@code true}, {@code id = id}. */
    TRIVIAL,
    /** There is one. */
    PRESENT
}
