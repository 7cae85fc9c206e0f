package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SecondReading.Opinion;
import cloud.enact.analysis.sql.SqlStatement.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a reading with a second one by a grammar of others.
 *
 * <p>Not asked for is one statement of words, numbers, plain strings and names that begins with one of the usual verbs:
 * nothing in it can end elsewhere, so that its first word is what it does. Where the grammar can't read a text, it is no
 * PostgreSQL to it, and the first reading stands; it knows all that changes things in other databases.
 */
final class Agreement {

    private static final Set<String> USUAL =
            SqlWords.words("select insert update delete values begin commit rollback show set");

    /** More than this takes a grammar too long. */
    private static final int MOST_TOKENS = 600;

    private static final int LONGEST = 10_000;

    private static final int DEEPEST = 30;

    private static final String TWO_WAYS = "is read in two ways by two readers";

    private static final String TOO_MUCH = "is too long or too deep for strings and comments like those in it";

    private Agreement() {}

    /** Why a reading is not to be trusted, as the end of a sentence, or {@code null}. */
    static @Nullable String problem(String text, SqlReading reading) {
        if (isSimple(reading)) {
            return null;
        }
        boolean large = text.length() > LONGEST || reading.tokens().size() > MOST_TOKENS;
        if (large || reading.depth() > DEEPEST) {
            return reading.isPlain() ? null : TOO_MUCH;
        }
        Opinion opinion = SecondReading.GRAMMAR.read(text);
        return (opinion == null || agree(reading, opinion)) ? null : TWO_WAYS;
    }

    private static boolean isSimple(SqlReading reading) {
        return reading.isPlain()
                && reading.statements().size() == 1
                && reading.tokens().get(0).isWordOf(USUAL);
    }

    private static boolean agree(SqlReading reading, Opinion opinion) {
        List<String> words = new ArrayList<>();
        Set<String> found = new HashSet<>();
        boolean visible = true;
        for (int i = 0; i < reading.statements().size(); i++) {
            SqlStatement statement = reading.statements().get(i);
            words.add(reading.firstWord(i));
            found.add(statement.verb());
            statement.changes().forEach(change -> found.add(change.verb()));
            // what is explained or hidden in other code is no change
            visible &= statement.kind() != Kind.OPAQUE && !statement.verb().startsWith("EXPLAIN");
        }
        return words.equals(opinion.firstWords()) && (!visible || found.containsAll(opinion.changes()));
    }
}
