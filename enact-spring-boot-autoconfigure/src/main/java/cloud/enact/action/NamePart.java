package cloud.enact.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes parts of action names of names that others choose, such as models and servers. Letters and digits of ASCII,
 * {@code _}, {@code -} and, where they may be, dots stay. A name that has to be changed ends in a digest of what it was,
 * and none that looks like that stays as it is, so that no two names become the same part.
 */
public final class NamePart {

    private static final int DIGITS = 16;

    /** What ends like that could pass for a name that was changed. */
    private static final Pattern DIGESTED = Pattern.compile(".*-x[0-9a-f]{16}", Pattern.DOTALL);

    private NamePart() {}

    /**
     * The part that a name becomes; the same for the same name.
     *
     * @param longest most characters it may have, at least 32
     * @param dots whether dots may stay, after the first character
     */
    public static String of(String name, int longest, boolean dots) {
        StringBuilder clean = new StringBuilder(Math.min(name.length(), longest));
        for (int i = 0; i < name.length() && clean.length() < longest; i++) {
            char c = name.charAt(i);
            boolean usual =
                    c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || (c == '.' && dots && i > 0));
            clean.append(usual ? c : '_');
        }
        if (!name.isEmpty()
                && name.contentEquals(clean)
                && !DIGESTED.matcher(name).matches()) {
            return name;
        }
        String digest = "-x" + HexFormat.of().formatHex(digest(name)).substring(0, DIGITS);
        return clean.substring(0, Math.min(clean.length(), longest - digest.length())) + digest;
    }

    private static byte[] digest(String name) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return Sha256.of(name);
        }
        // UTF-8 would make one character of all halves of pairs; no text in UTF-8 begins with this byte
        ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * name.length()).put((byte) 0xff);
        bytes.asCharBuffer().put(name);
        return Sha256.of(bytes.array());
    }
}
