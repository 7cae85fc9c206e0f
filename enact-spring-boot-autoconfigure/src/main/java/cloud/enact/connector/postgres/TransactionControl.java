package cloud.enact.connector.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.jdbc.PreferQueryMode;

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
     * @param driver knows how the server reads strings, and who tells statements apart
     */
    static void refuseIn(List<String> texts, BaseConnection driver) throws SQLException {
        boolean standardStrings = driver.getStandardConformingStrings();
        for (String text : texts) {
            // an escape of JDBC may become such a statement
            String sent = Parser.replaceProcessing(text, true, standardStrings);
            for (NativeQuery query : Parser.parseJdbcSql(sent, standardStrings, true, true, false, false)) {
                if (endsTransaction(query.nativeSql) || mayBeSeveral(query.nativeSql, driver.getPreferQueryMode())) {
                    throw new SQLException("A governed action begins and ends transactions through the connection or"
                            + " through Spring, never by a statement, because what follows would not be captured");
                }
            }
        }
    }

    private static boolean endsTransaction(String sql) {
        int at = start(sql, 0);
        String word = word(sql, at);
        return WORDS.contains(word)
                || (word.equals("prepare")
                        && word(sql, start(sql, at + word.length())).equals("transaction"));
    }

    /** Without the extended protocol the server looks for more statements, behind the body of a function, too. */
    private static boolean mayBeSeveral(String sql, PreferQueryMode mode) {
        return mode.compareTo(PreferQueryMode.EXTENDED) < 0
                && sql.indexOf(';') >= 0
                && sql.toLowerCase(Locale.ROOT).contains("atomic");
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
