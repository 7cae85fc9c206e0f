package cloud.enact.analysis.credential;

import cloud.enact.analysis.credential.CredentialDetector.Finding;
import org.jspecify.annotations.Nullable;

/** Private keys in PEM (RFC 7468) and OpenPGP armour, whole or cut off, also with line ends written as {@code \n}. */
final class PrivateKeys {

    private static final String BEGIN = "-----BEGIN ";

    private static final String DASHES = "-----";

    private static final int LONGEST_LABEL = 64;

    private static final int LONGEST_BODY = 32 * 1024;

    private static final int SHORTEST_BODY = 40;

    /** Returns the key block that starts exactly here, or {@code null}. */
    @Nullable
    Finding at(String text, int start) {
        if (!text.startsWith(BEGIN, start)) {
            return null;
        }
        int label = start + BEGIN.length();
        int labelEnd = indexOf(text, DASHES, label, label + LONGEST_LABEL);
        if (labelEnd < 0 || indexOf(text, "PRIVATE KEY", label, labelEnd) < 0) {
            return null;
        }
        int body = labelEnd + DASHES.length();
        int end = bodyEnd(text, body);
        if (!isKeyLike(text, body, end)) {
            return null;
        }
        return new Finding(start, trailerEnd(text, end), "private-key");
    }

    /** The next dashes end the body, whatever they belong to: so that many beginnings cost no more than one. */
    private static int bodyEnd(String text, int body) {
        int dashes = indexOf(text, DASHES, body, body + LONGEST_BODY);
        if (dashes >= 0) {
            return dashes;
        }
        int at = body;
        int limit = Math.min(text.length(), body + LONGEST_BODY);
        while (at < limit && isBodyCharacter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int trailerEnd(String text, int end) {
        if (!text.startsWith(DASHES + "END ", end)) {
            return end;
        }
        int from = end + DASHES.length();
        int close = indexOf(text, DASHES, from, from + LONGEST_LABEL);
        return (close >= 0) ? close + DASHES.length() : end;
    }

    private static boolean isKeyLike(String text, int body, int end) {
        int base64 = 0;
        for (int i = body; i < end && base64 < SHORTEST_BODY; i++) {
            base64 += Alphabet.BASE64.has(text.charAt(i)) ? 1 : 0;
        }
        return base64 >= SHORTEST_BODY;
    }

    private static boolean isBodyCharacter(char c) {
        return Alphabet.BASE64.has(c) || c == '\\' || c == '\n' || c == '\r' || c == '\t' || c == ' ';
    }

    private static int indexOf(String text, String wanted, int from, int to) {
        int last = Math.min(to, text.length()) - wanted.length();
        for (int i = from; i <= last; i++) {
            if (text.charAt(i) == wanted.charAt(0) && text.startsWith(wanted, i)) {
                return i;
            }
        }
        return -1;
    }
}
