package cloud.enact.receipt;

import java.util.HexFormat;

/**
 * How far somebody has read a log: kept as a text, it lets them go on after a restart, and notice that the log is not
 * the one they read.
 *
 * @param log id of the log
 * @param seq place of the last entry that was read, 0 before the first
 * @param hash SHA-256 of that entry in hexadecimal digits, zeros before the first
 */
public record LogCursor(String log, long seq, String hash) {

    private static final String NO_HASH = "0".repeat(64);

    public LogCursor {
        boolean hex = hash.length() == NO_HASH.length() && hash.chars().allMatch(HexFormat::isHexDigit);
        if (!KeyId.isValid(log) || seq < 0 || !hex || (seq == 0 && !hash.equals(NO_HASH))) {
            throw new IllegalArgumentException("A position in a log is its id, a place and a hash");
        }
    }

    /** Before the first entry. */
    public static LogCursor start(String log) {
        return new LogCursor(log, 0, NO_HASH);
    }

    /** Behind an entry. */
    public static LogCursor after(Receipt entry) {
        return new LogCursor(entry.log(), entry.seq(), HexFormat.of().formatHex(entry.hash()));
    }

    /**
     * Reads what {@link #toString()} gave.
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static LogCursor parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("A position in a log has three parts");
        }
        return new LogCursor(parts[0], Long.parseLong(parts[1]), parts[2]);
    }

    /** Log, place and hash with slashes between. */
    @Override
    public String toString() {
        return this.log + "/" + this.seq + "/" + this.hash;
    }
}
