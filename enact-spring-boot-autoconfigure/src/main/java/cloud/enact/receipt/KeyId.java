package cloud.enact.receipt;

import java.util.Arrays;
import java.util.HexFormat;

/** What the id of a key or a log may look like, and the id of a key that was given none. */
final class KeyId {

    private static final int MAX_LENGTH = 64;

    private static final int BYTES = 8;

    private KeyId() {}

    /** Whether a text has 1 to 64 letters, digits, dots, dashes or underscores. */
    static boolean isValid(String kid) {
        if (kid.isEmpty() || kid.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < kid.length(); i++) {
            char c = kid.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    static String require(String kid) {
        if (!isValid(kid)) {
            throw new IllegalArgumentException(
                    "A key id has 1 to 64 letters, digits, dots, dashes or underscores; choose another");
        }
        return kid;
    }

    static String of(byte[] digest) {
        return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    }
}
