package cloud.enact.analysis.credential;

import cloud.enact.analysis.credential.CredentialDetector.Finding;
import cloud.enact.analysis.credential.SecretNames.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Values beside names that promise a secret: {@code api_key = "…"}, {@code "password": "…"}, {@code PGPASSWORD=…},
 * {@code Authorization: Bearer …}, {@code <token>…</token>}.
 */
final class Assignments {

    private static final String KIND = "secret-value";

    private static final int LONGEST_NAME = 64;

    private static final int LONGEST_GAP = 8;

    /** A value is judged by this much of it, so that a chain of assignments stays linear. */
    private static final int JUDGED = 256;

    private static final String[] SCHEMES = {"Bearer", "Basic", "Token", "ApiKey"};

    private final SecretNames names;

    Assignments(SecretNames names) {
        this.names = names;
    }

    /** Returns the secret assigned by the operator at this place, or {@code null}. */
    @Nullable
    Finding at(String text, int operator) {
        int start = valueStart(text, operator);
        if (start < 0) {
            return null;
        }
        int nameEnd = operator;
        while (nameEnd > 0 && operator - nameEnd < LONGEST_GAP && isNameGap(text.charAt(nameEnd - 1))) {
            nameEnd--;
        }
        int nameStart = nameEnd;
        while (nameStart > 0 && nameEnd - nameStart < LONGEST_NAME && isNameCharacter(text.charAt(nameStart - 1))) {
            nameStart--;
        }
        if (nameEnd - nameStart < 3) {
            return null;
        }
        char before = (nameStart > 0) ? text.charAt(nameStart - 1) : ' ';
        boolean element = text.charAt(operator) == '>';
        if (element && before != '<') {
            return null;
        }
        Kind kind = this.names.classify(text.substring(nameStart, nameEnd));
        boolean option = text.charAt(operator) == '=' && text.startsWith("--", nameStart);
        Finding finding = (kind != Kind.NONE) ? judge(text, start, kind, before, option) : null;
        return (finding != null && element && !text.startsWith("</", finding.end())) ? null : finding;
    }

    /** Returns the token after the word {@code Bearer} that starts here, or {@code null}. */
    @Nullable
    Finding bearerAt(String text, int start) {
        if (!text.regionMatches(true, start, "bearer ", 0, 7)) {
            return null;
        }
        int from = start + 7;
        int end = unquotedEnd(text, from, Math.min(text.length(), from + JUDGED));
        return SecretValues.isToken(text, from, Math.max(from, end)) ? found(text, from, end, '\0') : null;
    }

    private static @Nullable Finding judge(String text, int valueStart, Kind kind, char beforeName, boolean option) {
        int start = valueStart;
        boolean escaped = false;
        while (start < text.length() && text.charAt(start) == '\\') {
            start++;
            escaped = true;
        }
        char quote = '\0';
        if (start < text.length() && isQuote(text.charAt(start))) {
            quote = text.charAt(start);
            start++;
        } else if (escaped) {
            return null;
        }
        int value = afterScheme(text, start);
        boolean schemed = value > start;
        start = value;
        int limit = Math.min(text.length(), start + JUDGED);
        int end = end(text, start, limit, quote);
        if (end <= start || isCall(text, end, quote)) {
            return null;
        }
        boolean inConnection = beforeName == '?' || beforeName == '&' || beforeName == ';';
        boolean secret = (kind == Kind.PASSWORD)
                ? SecretValues.isPassword(text, start, end, inConnection)
                : SecretValues.isToken(text, start, end) || schemed && SecretValues.isShortToken(text, start, end);
        // an option is given to a program, which takes whatever stands there for the secret
        boolean given = option && SecretValues.isGiven(text, start, end);
        return (secret || given) ? found(text, start, end, quote) : null;
    }

    /** A secret longer than what was judged is taken whole; the cursor then stands behind it. */
    private static Finding found(String text, int start, int judgedEnd, char quote) {
        int end = (judgedEnd - start < JUDGED) ? judgedEnd : end(text, judgedEnd, text.length(), quote);
        return new Finding(start, end, KIND);
    }

    private static int end(String text, int from, int limit, char quote) {
        return (quote != '\0') ? quotedEnd(text, from, limit, quote) : unquotedEnd(text, from, limit);
    }

    private static int quotedEnd(String text, int from, int limit, char quote) {
        int at = from;
        while (at < limit) {
            char c = text.charAt(at);
            if (c == quote || c == '\n' || c == '\\' && at + 1 < limit && text.charAt(at + 1) == quote) {
                return at;
            }
            at++;
        }
        return at;
    }

    private static int unquotedEnd(String text, int from, int limit) {
        int at = from;
        while (at < limit) {
            char c = text.charAt(at);
            if (c <= ' ' || "\"'`,;&<>)}]|\\(".indexOf(c) >= 0) {
                return at;
            }
            at++;
        }
        return at;
    }

    private static int valueStart(String text, int operator) {
        int at = operator + 1;
        char next = (at < text.length()) ? text.charAt(at) : ' ';
        if (text.charAt(operator) == ':' && next == '=' || text.charAt(operator) == '=' && next == '>') {
            at++;
        } else if (next == '=' || next == ':') {
            // a comparison or a scope operator
            return -1;
        }
        int limit = Math.min(text.length(), at + LONGEST_GAP);
        while (at < limit && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return (at < limit) ? at : -1;
    }

    private static int afterScheme(String text, int start) {
        for (String scheme : SCHEMES) {
            int after = start + scheme.length();
            if (text.regionMatches(true, start, scheme, 0, scheme.length())
                    && after < text.length()
                    && text.charAt(after) == ' ') {
                return after + 1;
            }
        }
        return start;
    }

    private static boolean isCall(String text, int end, char quote) {
        return quote == '\0' && end < text.length() && text.charAt(end) == '(';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private static boolean isNameGap(char c) {
        return c == ' ' || c == '\t' || c == '\\' || isQuote(c);
    }

    private static boolean isNameCharacter(char c) {
        return Alphabet.URL_DOT.has(c);
    }
}
