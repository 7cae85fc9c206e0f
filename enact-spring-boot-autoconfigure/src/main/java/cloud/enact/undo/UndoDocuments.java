package cloud.enact.undo;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.action.Sha256;
import cloud.enact.encryption.DataKey;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.ErasedKeyException;
import cloud.enact.encryption.KeyRing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    private final SealedMembers sealed;

    private final UndoJson json = new UndoJson();

    /**
     * Makes documents under a seal.
     *
     * @param seal seals what is written and checks what is read
     */
    public UndoDocuments(UndoSeal seal) {
        this(seal, null);
    }

    /**
     * Makes documents under a seal, some of which are encrypted.
     *
     * @param seal seals what is written and checks what is read
     * @param keys decrypt what is encrypted, or {@code null} when nothing is
     */
    public UndoDocuments(UndoSeal seal, @Nullable KeyRing keys) {
        this.seal = seal;
        this.sealed = new SealedMembers(keys);
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
     * @param key encrypts arguments and captured state; {@code null} to leave them readable
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
            Capture capture,
            @Nullable DataKey key) {
        Map<String, @Nullable Object> document = header("begun", position);
        document.put("run_id", runId.toString());
        document.put("action_id", actionId.toString());
        document.put("connector", connector);
        document.put("operation", operation);
        document.put("reversibility", reversibility.name());
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("args", args);
        content.put("before", capture.before().values());
        content.put("expected", capture.expected().values());
        return write(document, content, key);
    }

    private Sealed write(
            Map<String, @Nullable Object> document, Map<String, @Nullable Object> content, @Nullable DataKey key) {
        if (key == null) {
            document.putAll(content);
        } else {
            this.sealed.seal(document, this.json.bytes(content), key);
        }
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
        Map<String, @Nullable Object> first = this.json.parse(begun);
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        try {
            DataKey key = this.sealed.keyOf(first);
            content.put("fingerprint", (fingerprint != null) ? fingerprint.values() : null);
            return write(document, content, (fingerprint != null) ? key : null);
        } catch (ErasedKeyException ex) {
            // of a step that is erased meanwhile nobody needs to know what it left
            content.put("fingerprint", null);
            return write(document, content, null);
        }
    }

    /** Whether two ends of a step say the same; encrypted ones never are the same bytes. */
    public boolean isSame(byte[] ended, byte[] other) {
        if (Arrays.equals(ended, other)) {
            return true;
        }
        Map<String, @Nullable Object> first = this.json.parse(ended);
        Map<String, @Nullable Object> second = this.json.parse(other);
        return SealedMembers.isIn(first)
                && SealedMembers.isIn(second)
                && decrypted(first).equals(decrypted(second));
    }

    /** Id of the key of a document; {@code null} when it is not encrypted. */
    public @Nullable String kid(byte[] document) {
        Map<String, @Nullable Object> members = this.json.parse(document);
        return SealedMembers.isIn(members) ? SealedMembers.kid(members) : null;
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
            if (this.sealed.isErased(first)) {
                return erased(position, runId, first, state(position, runId, digest, ended), digest);
            }
            Map<String, @Nullable Object> content = decrypted(first);
            Map<String, @Nullable Object> fingerprint = UndoJson.map(content.get("expected"));
            UndoRecord.State state = state(position, runId, digest, ended);
            if (ended != null) {
                Object left = decrypted(open("ended", position, runId, ended)).get("fingerprint");
                fingerprint = (left != null) ? UndoJson.map(left) : fingerprint;
            }
            return new UndoRecord(
                    position,
                    runId,
                    UUID.fromString(text(first.get("action_id"))),
                    text(first.get("connector")),
                    text(first.get("operation")),
                    Arguments.freeze(UndoJson.map(content.get("args"))),
                    Reversibility.valueOf(text(first.get("reversibility"))),
                    new PreState(UndoJson.map(content.get("before"))),
                    new Fingerprint(fingerprint),
                    state,
                    digest);
        } catch (EncryptionException ex) {
            throw new UndoLogException(
                    "Record " + position + " of run " + runId + " in the undo log can't be decrypted: "
                            + ex.getMessage(),
                    ex);
        } catch (IllegalArgumentException ex) {
            throw altered(position, runId, "it is not a record of the undo log", ex);
        }
    }

    private UndoRecord.State state(long position, RunId runId, String digest, @Nullable Sealed ended) {
        if (ended == null) {
            return UndoRecord.State.INTENT;
        }
        Map<String, @Nullable Object> last = open("ended", position, runId, ended);
        if (!digest.equals(last.get("digest"))) {
            throw altered(position, runId, "its end belongs to another record", null);
        }
        return UndoRecord.State.valueOf(text(last.get("state")));
    }

    private static UndoRecord erased(
            long position, RunId runId, Map<String, @Nullable Object> first, UndoRecord.State state, String digest) {
        return new UndoRecord(
                position,
                runId,
                UUID.fromString(text(first.get("action_id"))),
                text(first.get("connector")),
                text(first.get("operation")),
                Map.of(),
                Reversibility.valueOf(text(first.get("reversibility"))),
                PreState.ERASED,
                new Fingerprint(Map.of()),
                state,
                digest);
    }

    /** The document with what was encrypted in it. */
    private Map<String, @Nullable Object> decrypted(Map<String, @Nullable Object> document) {
        if (!SealedMembers.isIn(document)) {
            return document;
        }
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(document);
        whole.remove(SealedMembers.NAME);
        whole.putAll(this.json.parse(this.sealed.open(document)));
        return whole;
    }

    /** Returns the digest of a document's exact bytes, {@code sha256:…}. */
    public static String digest(byte[] bytes) {
        return "sha256:" + Sha256.hex(bytes);
    }

    private static Map<String, @Nullable Object> header(String kind, long position) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("v", VERSION);
        document.put("kind", kind);
        document.put("position", position);
        return document;
    }

    private Sealed write(Map<String, @Nullable Object> document) {
        byte[] bytes = this.json.bytes(document);
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
            document = this.json.parse(sealed.bytes());
        } catch (IllegalArgumentException ex) {
            throw altered(position, runId, "it is not JSON this version reads", null);
        }
        if (!Long.valueOf(SealedMembers.isIn(document) ? SealedMembers.VERSION : VERSION)
                .equals(document.get("v"))) {
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

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Expected text");
    }
}
