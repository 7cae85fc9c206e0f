package cloud.enact.hook.undo;

import cloud.enact.action.Sha256;
import cloud.enact.connector.filesystem.OutsideWork.Digest;
import cloud.enact.connector.filesystem.OutsideWork.Found;
import cloud.enact.connector.filesystem.OutsideWork.Left;
import cloud.enact.gate.OutsideChanges.Told;
import cloud.enact.hook.AgentTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a tool that changes one file leaves in it, by the input that was judged and by what was captured. What the
 * tool says of itself only adds reasons not to be sure.
 */
final class ToolContent {

    /** What is larger is not read into memory, so that nobody can tell. */
    private static final int LARGEST = 16 * 1024 * 1024;

    private final AgentTool tool;

    private final Map<String, @Nullable Object> input;

    ToolContent(AgentTool tool, Map<String, @Nullable Object> input) {
        this.tool = tool;
        this.input = input;
    }

    /**
     * What the tool alone leaves.
     *
     * @param before what was captured, {@code null} for no file
     * @param found what is there now
     * @return {@code null} when nobody can tell
     */
    @Nullable
    Left left(@Nullable InputStream before, Found found, Told told) throws IOException {
        byte[] old = (before != null) ? before.readNBytes(LARGEST + 1) : new byte[0];
        if (old.length > LARGEST) {
            return null;
        }
        String on = null;
        if (told.original() != null && !isSame(told.original(), old)) {
            // somebody wrote after the capture and before the tool
            old = told.original().getBytes(StandardCharsets.UTF_8);
            on = Sha256.hex(old);
        }
        Digest left = left(old, found, told.successful());
        return (left != null) ? new Left(left, on) : null;
    }

    private @Nullable Digest left(byte[] old, Found found, boolean successful) throws IOException {
        if (this.tool.canonicalName().equals("NotebookEdit")) {
            boolean small = successful && found.digest().size() <= LARGEST;
            return (small && NotebookCells.differByOne(old, found.read(), this.input)) ? found.digest() : null;
        }
        Digest expected = null;
        for (String text : texts(new String(old, StandardCharsets.UTF_8))) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Digest digest = new Digest(Sha256.hex(bytes), bytes.length);
            if (digest.equals(found.digest()) || !successful && beginsWith(bytes, found.digest())) {
                return found.digest();
            }
            expected = (expected != null) ? expected : digest;
        }
        return successful ? expected : null;
    }

    private static boolean isSame(String original, byte[] captured) {
        return plain(original).equals(plain(new String(captured, StandardCharsets.UTF_8)));
    }

    /** Tools that fail may have written a part. */
    private static boolean beginsWith(byte[] whole, Digest part) {
        return part.size() < whole.length
                && Sha256.hex(Arrays.copyOf(whole, (int) part.size())).equals(part.sha256());
    }

    /** What may be there, the likeliest first. Ends of lines are written as they were, or as they come. */
    private Set<String> texts(String old) {
        boolean windows = old.contains("\r\n");
        Set<String> texts = new LinkedHashSet<>(after(old));
        for (String text : after(old.replace("\r\n", "\n"))) {
            if (windows) {
                texts.add(text.replace("\r\n", "\n").replace("\n", "\r\n"));
            }
            texts.add(text.replace("\r\n", "\n"));
        }
        return texts;
    }

    private Collection<String> after(String old) {
        if (this.input.get("content") instanceof String content) {
            return List.of(content);
        }
        return (this.input.get("edits") instanceof List<?> edits)
                ? TextEdits.of(old, edits)
                : TextEdits.of(old, List.of(this.input));
    }

    private static String plain(String text) {
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n");
    }
}
