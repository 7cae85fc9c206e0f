package cloud.enact.connector.http;

import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the undo log keeps of a step.
 *
 * @param baseUrl where it worked
 * @param key its own key
 * @param before what was there before, or {@code null} when nobody looked
 * @param outcome what came of it
 * @param result what was taken from the answer
 * @param after what it left, or {@code null} when nobody looked
 */
record Memo(
        String baseUrl,
        String key,
        @Nullable State before,
        Outcome outcome,
        Map<String, @Nullable Object> result,
        @Nullable State after) {

    private static final String BASE_URL = "base_url";

    private static final String KEY = "key";

    private static final String STATE = "state";

    private static final String OUTCOME = "outcome";

    private static final String RESULT = "result";

    /** What came of a step. */
    enum Outcome {
        DONE,
        NOTHING,
        UNKNOWN
    }

    /** What is written before the change. */
    static Capture capture(String baseUrl, String key, @Nullable State before, Fingerprint expected) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(BASE_URL, baseUrl);
        values.put(KEY, key);
        values.put(STATE, (before != null) ? before.written() : null);
        return new Capture(new PreState(values), expected);
    }

    /** What is written after it, of a change that happened. */
    static Fingerprint done(Map<String, @Nullable Object> result, @Nullable State after) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(OUTCOME, Outcome.DONE);
        values.put(RESULT, result);
        values.put(STATE, (after != null) ? after.written() : null);
        return new Fingerprint(values);
    }

    /** What is written of a step that changed nothing, or nobody knows of. */
    static Fingerprint of(Outcome outcome) {
        return new Fingerprint(Map.of(OUTCOME, outcome));
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException when it isn't one of this kind
     */
    @SuppressWarnings("unchecked") // the keys of JSON are text
    static Memo read(UndoRecord record) {
        Map<String, @Nullable Object> before = record.before().values();
        Map<String, @Nullable Object> left = record.fingerprint().values();
        if (!(before.get(BASE_URL) instanceof String baseUrl)
                || !(before.get(KEY) instanceof String key)
                || !(left.get(OUTCOME) instanceof String outcome)) {
            throw new IllegalArgumentException("The record is not one of a connector for HTTP");
        }
        return new Memo(
                baseUrl,
                key,
                State.read(before.get(STATE)),
                Outcome.valueOf(outcome),
                (Map<String, @Nullable Object>) Objects.requireNonNullElse(left.get(RESULT), Map.of()),
                State.read(left.get(STATE)));
    }
}
