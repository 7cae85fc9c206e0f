package cloud.enact.receipt;

import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint says, line by line (C2SP tlog-checkpoint): origin, size, root, and the time as an extension.
 *
 * @param origin name of the key, a slash and the id of the log
 */
record CheckpointText(String origin, long size, byte[] root, Instant timestamp) {

    private static final String TIME = "time ";

    private static final int LINES = 4;

    CheckpointText {
        boolean named = origin.indexOf('/') > 0 && KeyId.isValid(log(origin));
        if (!named || size < 0 || root.length != MerkleTree.HASH) {
            throw malformed(null);
        }
    }

    static CheckpointText parse(String text) {
        String[] lines = text.split("\n", -1);
        // the text ends with a line feed, so the last part is empty
        if (lines.length != LINES + 1 || !lines[LINES].isEmpty() || !lines[LINES - 1].startsWith(TIME)) {
            throw malformed(null);
        }
        byte @Nullable [] root = SignedNote.base64(lines[2]);
        if (root == null) {
            throw malformed(null);
        }
        try {
            Instant time = Timestamps.parse(lines[LINES - 1].substring(TIME.length()));
            CheckpointText parsed = new CheckpointText(lines[0], Long.parseLong(lines[1]), root, time);
            // one text only for each checkpoint: no leading zeros, no other spelling of the time
            if (parsed.toString().equals(text)) {
                return parsed;
            }
        } catch (NumberFormatException | ReceiptFormatException ex) {
            throw malformed(ex);
        }
        throw malformed(null);
    }

    private static ReceiptFormatException malformed(@Nullable Exception cause) {
        return new ReceiptFormatException(
                "Not a checkpoint of a receipt log: expected lines with origin, size, root and time", cause);
    }

    private static String log(String origin) {
        return origin.substring(origin.lastIndexOf('/') + 1);
    }

    /** Id of the log. */
    String log() {
        return log(this.origin);
    }

    Checkpoint checkpoint(String note) {
        return new Checkpoint(log(), this.size, this.root, this.timestamp, note);
    }

    @Override
    public String toString() {
        return this.origin
                + "\n"
                + this.size
                + "\n"
                + Base64.getEncoder().encodeToString(this.root)
                + "\n"
                + TIME
                + Timestamps.format(this.timestamp)
                + "\n";
    }
}
