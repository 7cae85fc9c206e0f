package cloud.enact.analysis.sql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another reader of PostgreSQL's SQL, written by others: what both find is there. */
interface SecondReading {

    /** The grammar of pgcodekeeper where it is on the class path, else one that never has an opinion. */
    SecondReading GRAMMAR = find();

    /**
     * Reads a text, or tells with {@code null} that it can't: it is no PostgreSQL, or more of it than this reader knows.
     *
     * @param text a text of bounded length and depth
     */
    @Nullable
    Opinion read(String text);

    private static SecondReading find() {
        try {
            Class.forName(
                    "org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser",
                    false,
                    SecondReading.class.getClassLoader());
            return new PgGrammar();
        } catch (ClassNotFoundException | LinkageError absent) {
            return text -> null;
        }
    }

    /**
     * What another reader finds.
     *
     * @param firstWords the first word of each statement, in small letters
     * @param changes verbs that change rows, at any depth, in capitals
     */
    record Opinion(List<String> firstWords, Set<String> changes) {

        public Opinion {
            firstWords = List.copyOf(firstWords);
            changes = Set.copyOf(changes);
        }
    }
}
