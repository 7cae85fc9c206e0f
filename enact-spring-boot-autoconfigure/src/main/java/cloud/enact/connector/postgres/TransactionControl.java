package cloud.enact.connector.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * Keeps statements from ending the transaction they run in: what came after it would not be captured. Statements are
 * told apart by the driver's own parser, which sends each by itself, so that the server finds no more of them.
 */
final class TransactionControl {

    private static final Set<String> WORDS =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");

    private TransactionControl() {}

    /**
     * Throws when one of the statements in these texts begins or ends a transaction, or a part of one.
     *
     * @param texts what is about to be executed
     * @param standardStrings whether a backslash is a plain character, as the server has told the driver
     */
    static void refuseIn(List<String> texts, boolean standardStrings) throws SQLException {
        for (String text : texts) {
            for (NativeQuery query : Parser.parseJdbcSql(text, standardStrings, true, true, false, false)) {
                int at = start(query.nativeSql, 0);
                String word = word(query.nativeSql, at);
                boolean twoPhase = word.equals("prepare")
                        && word(query.nativeSql, start(query.nativeSql, at + word.length()))
                                .equals("transaction");
                if (WORDS.contains(word) || twoPhase) {
                    throw new SQLException("A governed action begins and ends transactions through the connection or"
                            + " through Spring, never by a statement, because what follows would not be captured");
                }
            }
        }
    }

    /** Where the text goes on behind white space and comments. */
    private static int start(String sql, int from) {
        int at = from;
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = Parser.parseLineComment(sql.toCharArray(), at) + 1;
            } else if (sql.startsWith("/*", at)) {
                at = Parser.parseBlockComment(sql.toCharArray(), at) + 1;
            } else {
                return at;
            }
        }
        return sql.length();
    }

    private static String word(String sql, int from) {
        int end = from;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(from, end).toLowerCase(Locale.ROOT);
    }
}
