package cloud.enact.analysis.credential;

import cloud.enact.analysis.credential.CredentialDetector.Finding;
import org.jspecify.annotations.Nullable;

/** Passwords in the user-info part of a URL (RFC 3986, section 3.2.1). Only the password is the finding. */
final class ConnectionStrings {

    private static final int LONGEST_AUTHORITY = 1024;

    private static final int LONGEST_SCHEME = 32;

    /** Returns the password of the URL whose {@code ://} starts here, or {@code null}. */
    @Nullable
    Finding at(String text, int colon) {
        if (!text.startsWith("://", colon) || colon == 0 || !Alphabet.ALNUM.has(text.charAt(colon - 1))) {
            return null;
        }
        int start = colon + 3;
        int limit = Math.min(text.length(), start + LONGEST_AUTHORITY);
        boolean web = isWebScheme(text, colon);
        int password = -1;
        int host = -1;
        for (int i = start; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ':' && password < 0) {
                password = i + 1;
            } else if (c == '@') {
                host = i;
            } else if (endsAuthority(c) || (isDelimiter(c) && (web || host >= 0 || isPort(text, password, i)))) {
                break;
            }
        }
        if (password < 0 || host <= password || SecretValues.isPlaceholder(text, password, host)) {
            return null;
        }
        return new Finding(password, host, "connection-password");
    }

    /** Slashes in a database password are seldom written as they should be; on the web they start the path. */
    private static boolean isWebScheme(String text, int colon) {
        int start = colon;
        while (start > 0 && colon - start < LONGEST_SCHEME && Alphabet.ALNUM.has(text.charAt(start - 1))) {
            start--;
        }
        int length = colon - start;
        return text.regionMatches(true, start, "http", 0, 4) && length <= 5
                || text.regionMatches(true, start, "ws", 0, 2) && length <= 3;
    }

    private static boolean isDelimiter(char c) {
        return c == '/' || c == '?' || c == '#';
    }

    private static boolean endsAuthority(char c) {
        return c <= ' ' || c == '"' || c == '\'' || c == '`' || c == '<' || c == '\\';
    }

    private static boolean isPort(String text, int from, int to) {
        if (from < 0) {
            return true;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
