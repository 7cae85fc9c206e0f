package cloud.enact.receipt;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a key's id may look like, and the id of a key that was given none. */
final class KeyId {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final int BYTES = 8;

    private KeyId() {}

    static boolean isValid(String kid) {
        return FORM.matcher(kid).matches();
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
