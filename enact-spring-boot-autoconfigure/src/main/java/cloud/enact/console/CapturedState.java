package cloud.enact.console;

import cloud.enact.action.RunId;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.receipt.Masking;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** What was there before steps, and what they made of it, as far as that can be shown: masked and cut. Thread-safe. */
final class CapturedState {

    private static final Log logger = LogFactory.getLog(CapturedState.class);

    private static final int MOST_STEPS = 200;

    private static final int MOST_BYTES = 64 * 1024;

    private static final String CONTENT = "content";

    private final Masking masking;

    private final @Nullable UndoLog undoLog;

    private final @Nullable BlobStore blobs;

    private final Shown shown = new Shown();

    CapturedState(ConsoleSources sources) {
        this.masking = sources.masking();
        this.undoLog = sources.undoLog();
        this.blobs = sources.blobs();
    }

    /**
     * The captured states of a run, by the positions of their steps.
     *
     * @param payloads arguments of its actions, as receipts show them
     */
    Map<Long, Map<String, @Nullable Object>> ofRun(RunId run, Map<UUID, Map<?, ?>> payloads) {
        Map<Long, Map<String, @Nullable Object>> states = new LinkedHashMap<>();
        if (this.undoLog == null) {
            return states;
        }
        try {
            List<UndoRecord> records = this.undoLog.findByRun(run);
            for (UndoRecord record : records.subList(0, Math.min(MOST_STEPS, records.size()))) {
                states.put(record.position(), state(record, payloads.getOrDefault(record.actionId(), Map.of())));
            }
        } catch (UndoLogException | EncryptionException ex) {
            // the rest of the page does not depend on it; a rollback says what is wrong
            logger.warn("Captured state of run " + run + " can't be shown ("
                    + ex.getClass().getName() + ")");
        }
        return states;
    }

    private Map<String, @Nullable Object> state(UndoRecord record, Map<?, ?> payload) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("erased", record.isErased());
        Map<String, @Nullable Object> before = record.before().values();
        String oldText = text(before);
        String shown = (oldText != null) ? this.masking.mask(CONTENT, oldText) : "";
        String newText = (oldText != null) ? text(record, shown, payload) : null;
        if (newText != null) {
            Shown.list(model, "lines", LineDiff.of(shown, newText));
            model.put("before", "");
            model.put("after", "");
        } else {
            Shown.list(model, "lines", List.of());
            model.put("before", record.isErased() ? "" : this.shown.json(this.masking.mask(before)));
            model.put("after", record.isErased() ? "" : this.shown.json(this.masking.mask(record.args())));
        }
        return model;
    }

    /** The text a step left in a file, as its receipt shows it, or {@code null} for other steps. */
    private static @Nullable String text(UndoRecord record, String before, Map<?, ?> payload) {
        // an action may take several steps, and only says what is to be in one of the files
        Object content = Objects.equals(payload.get("path"), record.args().get("path")) ? payload.get(CONTENT) : null;
        return switch (record.operation()) {
            case "write_file" -> (content instanceof String text) ? text : null;
            case "append_file" -> (content instanceof String text) ? before + text : null;
            case "delete_file" -> "";
            default -> null;
        };
    }

    /** The text of the one file that was there, or {@code null} for anything else. */
    private @Nullable String text(Map<String, @Nullable Object> before) {
        if (!(before.get("states") instanceof List<?> states
                && states.size() == 1
                && states.get(0) instanceof Map<?, ?> state)) {
            return null;
        }
        if ("absent".equals(state.get("kind"))) {
            return "";
        }
        return ("file".equals(state.get("kind")) && state.get("sha256") instanceof String digest) ? read(digest) : null;
    }

    private @Nullable String read(String digest) {
        if (this.blobs == null) {
            return null;
        }
        try (InputStream in = this.blobs.open(digest)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                return null;
            }
            return Objects.toString(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)), "");
        } catch (CharacterCodingException ex) {
            return null;
        } catch (IOException | RuntimeException ex) {
            logger.debug("Captured content can't be shown", ex);
            return null;
        }
    }
}
