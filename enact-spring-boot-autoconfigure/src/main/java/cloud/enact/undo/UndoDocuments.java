package cloud.enact.undo;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes in which stores of the undo log keep records. A record is one JSON document, written once, sealed, and
 * never serialised again; how the step ended is a second one, bound to the position and the digest of the first.
 * Thread-safe.
 *
 * <p>Numbers come back as {@link Long}, {@link java.math.BigInteger} or {@link java.math.BigDecimal}; text comes back
 * character for character, unpaired surrogates included.
 */
public final class UndoDocuments {

    /** How large one document may be, in bytes. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final int VERSION = 1;

    private final UndoSeal seal;

    private final JsonMapper json;

    /**
     * Makes documents under a seal.
     *
     * @param seal seals what is written and checks what is read
     */
    public UndoDocuments(UndoSeal seal) {
        this.seal = seal;
        // text is escaped to ASCII, because an unpaired surrogate has no bytes in UTF-8 and must not stop a record
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MAX_BYTES)
                        .maxNameLength(MAX_BYTES)
                        .maxDocumentLength(MAX_BYTES)
                        .build())
                .build();
        this.json = JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * A document and the seal over its exact bytes.
     *
     * @param bytes the document; not copied, never changed after it was made
     * @param tag the seal
     */
    public record Sealed(byte[] bytes, String tag) {}

    /**
     * Writes the intent of a step.
     *
     * @throws UndoLogException when it is larger than {@link #MAX_BYTES} or can't be written as JSON
     */
    public Sealed begun(
            long position,
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture) {
        Map<String, @Nullable Object> document = header("begun", position);
        document.put("run_id", runId.toString());
        document.put("action_id", actionId.toString());
        document.put("connector", connector);
        document.put("operation", operation);
        document.put("args", args);
        document.put("reversibility", reversibility.name());
        document.put("before", capture.before().values());
        document.put("expected", capture.expected().values());
        return write(document);
    }

    /**
     * Writes how a step ended.
     *
     * @param begun the exact bytes written when it began
     * @param state {@code DONE} or {@code FAILED}
     * @throws IllegalArgumentException for {@code INTENT}, which is not an end
     */
    public Sealed ended(long position, byte[] begun, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        if (state == UndoRecord.State.INTENT) {
            throw new IllegalArgumentException("A step ends DONE or FAILED, not INTENT");
        }
        Map<String, @Nullable Object> document = header("ended", position);
        document.put("digest", digest(begun));
        document.put("state", state.name());
        document.put("fingerprint", (fingerprint != null) ? fingerprint.values() : null);
        return write(document);
    }

    /**
     * Reads a record back.
     *
     * @param position where it was found
     * @param runId the run it was found under
     * @param begun what was written when the step began
     * @param ended what was written when it ended, or {@code null}
     * @throws UndoLogException when a seal does not fit, or a document belongs elsewhere
     */
    public UndoRecord read(long position, RunId runId, Sealed begun, @Nullable Sealed ended) {
        Map<String, @Nullable Object> first = open("begun", position, runId, begun);
        if (!runId.toString().equals(first.get("run_id"))) {
            throw altered(position, runId, "it belongs to another run", null);
        }
        String digest = digest(begun.bytes());
        try {
            Map<String, @Nullable Object> fingerprint = map(first.get("expected"));
            UndoRecord.State state = UndoRecord.State.INTENT;
            if (ended != null) {
                Map<String, @Nullable Object> last = open("ended", position, runId, ended);
                if (!digest.equals(last.get("digest"))) {
                    throw altered(position, runId, "its end belongs to another record", null);
                }
                state = UndoRecord.State.valueOf(text(last.get("state")));
                if (last.get("fingerprint") != null) {
                    fingerprint = map(last.get("fingerprint"));
                }
            }
            return new UndoRecord(
                    position,
                    runId,
                    UUID.fromString(text(first.get("action_id"))),
                    text(first.get("connector")),
                    text(first.get("operation")),
                    Arguments.freeze(map(first.get("args"))),
                    Reversibility.valueOf(text(first.get("reversibility"))),
                    new PreState(map(first.get("before"))),
                    new Fingerprint(fingerprint),
                    state,
                    digest);
        } catch (IllegalArgumentException ex) {
            throw altered(position, runId, "it is not a record of the undo log", ex);
        }
    }

    /** Returns the digest of a document's exact bytes, {@code sha256:…}. */
    public static String digest(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(Sha256.of(bytes));
    }

    private static Map<String, @Nullable Object> header(String kind, long position) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("v", VERSION);
        document.put("kind", kind);
        document.put("position", position);
        return document;
    }

    private Sealed write(Map<String, @Nullable Object> document) {
        byte[] bytes;
        try {
            bytes = this.json.writeValueAsBytes(document);
        } catch (JacksonException ex) {
            // the cause may quote what it could not write, and that may be a secret
            throw new UndoLogException("A step can't be written to the undo log as JSON, so it is not done", null);
        }
        if (bytes.length > MAX_BYTES) {
            throw new UndoLogException(
                    "A step is larger than the undo log takes (" + MAX_BYTES
                            + " bytes), so it is not done; pass large content as a stream",
                    null);
        }
        return new Sealed(bytes, this.seal.seal(bytes));
    }

    private Map<String, @Nullable Object> open(String kind, long position, RunId runId, Sealed sealed) {
        if (!this.seal.verify(sealed.bytes(), sealed.tag())) {
            throw altered(position, runId, "its seal does not fit", null);
        }
        Map<String, @Nullable Object> document;
        try {
            document = Arguments.freeze(map(this.json.readValue(sealed.bytes(), Map.class)));
        } catch (JacksonException | IllegalArgumentException ex) {
            throw altered(position, runId, "it is not JSON this version reads", null);
        }
        if (!Long.valueOf(VERSION).equals(document.get("v"))) {
            throw new UndoLogException(
                    "Record " + position + " of run " + runId
                            + " in the undo log was written by a newer version of Enact: use that version to undo it",
                    null);
        }
        if (!kind.equals(document.get("kind")) || !Long.valueOf(position).equals(document.get("position"))) {
            throw altered(position, runId, "it belongs to another place", null);
        }
        return document;
    }

    private static UndoLogException altered(long position, RunId runId, String why, @Nullable Throwable cause) {
        return new UndoLogException(
                "Record " + position + " of run " + runId + " in the undo log was altered: " + why
                        + ". Nothing of this run is undone; restore the undo log from a backup, or undo by hand",
                cause);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("Expected an object");
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Expected text");
    }
}
