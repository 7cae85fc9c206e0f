package cloud.enact.receipt.anchor;

import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.Drafts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Checkpoints in the form of signed notes, with signatures of nobody: sinks don't check them. */
public final class SomeCheckpoints {

    private SomeCheckpoints() {}

    public static Checkpoint of(String log, long size) {
        return of(log, size, (byte) size);
    }

    public static Checkpoint of(String log, long size, byte filling) {
        byte[] root = new byte[32];
        Arrays.fill(root, filling);
        String note = "enact/" + log + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n"
                + Drafts.NOW + "\n\n— enact/" + log + " "
                + Base64.getEncoder().encodeToString(new byte[68]) + "\n";
        return new Checkpoint(log, size, root, Drafts.NOW, note);
    }

    public static List<String> notes(AnchorSource source) throws Exception {
        List<String> notes = new ArrayList<>();
        source.notes(notes::add);
        return notes;
    }
}
