package cloud.enact.analysis.sql;

import java.util.Set;

/** Words that mean something in SQL. */
final class SqlWords {

    /** Words that are no name, wherever they stand without quotes. */
    static final Set<String> RESERVED = words("select from where group having order limit offset fetch union intersect "
            + "except into values set on using returning join inner cross natural outer left right full and or not in "
            + "is like ilike between case when then else as by distinct all exists update delete insert table only "
            + "with lateral for top drop truncate create alter exec");

    /** Begin the next part of a query behind a list of columns or a condition. */
    static final Set<String> CLAUSES = words("from where group having order limit offset fetch union intersect except "
            + "window qualify into returning");

    /** Words between two tables. */
    static final Set<String> JOINS = words(
            "join inner cross natural outer left right full straight_join apply global " + "asof semi anti positional");

    /** What a query begins with. */
    static final Set<String> QUERIES = words("select with values table from");

    /** What a statement that can stand in parentheses begins with. */
    static final Set<String> INNER = words("select with values table from insert update delete merge");

    /** What begins a statement of its own even without a separator, where it is followed by a name. */
    static final Set<String> VERBS =
            words("select insert update delete merge drop create alter truncate exec execute grant revoke go "
                    + "declare call backup restore shutdown rename");

    /** Before one of the verbs, they make it part of what went before. */
    static final Set<String> BEFORE_VERBS = words("for do key on as no");

    /** Rows seen under these names are those that are written, or the ones before. */
    static final Set<String> ROWS = words("excluded new old inserted deleted");

    private SqlWords() {}

    static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }
}
