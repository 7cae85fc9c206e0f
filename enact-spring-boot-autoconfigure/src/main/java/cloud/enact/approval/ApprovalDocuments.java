package cloud.enact.approval;

import cloud.enact.action.Arguments;
import cloud.enact.action.StrictJson;
import cloud.enact.encryption.DataKey;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.ErasedKeyException;
import cloud.enact.encryption.Sealed;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of requests. A row is sealed as a whole: one that was altered, or stands in another place, is no request.
 * Thread-safe.
 */
final class ApprovalDocuments {

    /** How large one document may be, in bytes: a question, encrypted, and dozens of long answers to it. */
    static final int MAX_BYTES = 512 * 1024;

    private static final int VERSION = 1;

    private static final String SEALED = "sealed";

    private final ApprovalSeal seal;

    private final @Nullable ApprovalEncryption encryption;

    private final StrictJson json = new StrictJson(MAX_BYTES, Arguments.MAX_DEPTH + 8);

    ApprovalDocuments(ApprovalSeal seal, @Nullable ApprovalEncryption encryption) {
        this.seal = seal;
        this.encryption = encryption;
    }

    /** Writes a request. */
    ApprovalRow write(ApprovalRequest request) {
        Map<String, @Nullable Object> document = ApprovalJson.terms(request);
        document.put("v", VERSION);
        Map<String, @Nullable Object> content = ApprovalJson.content(request);
        try {
            @Nullable DataKey key = (this.encryption != null) ? this.encryption.key(request.asked()) : null;
            if (key == null) {
                document.putAll(content);
            } else {
                document.put(SEALED, key.seal(context(document), bytes(content)).asMap());
            }
        } catch (EncryptionException ex) {
            throw new ApprovalStoreException("A request for approval can't be encrypted: " + ex.getMessage(), ex);
        }
        byte[] bytes = bytes(document);
        if (bytes.length > MAX_BYTES) {
            throw new ApprovalStoreException(
                    "A request for approval is larger than " + MAX_BYTES + " bytes; send less to the action", null);
        }
        return new ApprovalRow(
                request.id().toString(),
                request.terms().call(),
                !request.state().isFinal(),
                request.version(),
                request.terms().expiresAt().toEpochMilli(),
                bytes,
                this.seal.seal(bytes));
    }

    /** In the order of their names, so that the same request has the same bytes. */
    private byte[] bytes(Map<String, @Nullable Object> members) {
        return this.json.write(new TreeMap<>(members)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a request.
     *
     * @throws ApprovalStoreException when somebody else wrote it, or it can't be decrypted
     */
    ApprovalRequest read(ApprovalRow row) {
        if (!this.seal.verify(row.document(), row.seal())) {
            throw altered(row, "its seal does not fit", null);
        }
        ApprovalRequest request;
        boolean open;
        try {
            Map<String, @Nullable Object> document = members(row.document());
            if (!Integer.valueOf(VERSION).equals(document.get("v"))) {
                throw new ApprovalStoreException(
                        "The request " + name(row) + " was written by a newer version of Enact. Start that one again",
                        null);
            }
            // an erased one counts as void, and is still the open one of its call
            open = !ApprovalReader.state(document).isFinal();
            request = read(document);
        } catch (EncryptionException ex) {
            throw new ApprovalStoreException(
                    "The request " + name(row) + " can't be decrypted: " + ex.getMessage(), ex);
        } catch (IllegalArgumentException | ClassCastException | DateTimeException ex) {
            throw altered(row, "it is no request", ex);
        }
        if (!request.id().toString().equals(row.id())
                || !request.terms().call().equals(row.call())
                || request.version() != row.version()
                || request.terms().expiresAt().toEpochMilli() != row.expiresAt()
                || open != row.open()) {
            throw altered(row, "it belongs to another place", null);
        }
        return request;
    }

    private ApprovalRequest read(Map<String, @Nullable Object> document) {
        try {
            return ApprovalReader.request(document, decrypted(document));
        } catch (ErasedKeyException ex) {
            return ApprovalReader.erased(document);
        }
    }

    private Map<String, @Nullable Object> decrypted(Map<String, @Nullable Object> document) {
        if (!document.containsKey(SEALED)) {
            return document;
        }
        if (this.encryption == null) {
            throw new EncryptionException("it is encrypted, and no master key is configured here", null);
        }
        Sealed sealed = Sealed.read(document.get(SEALED));
        DataKey key = this.encryption.keys().find(sealed.kid());
        Map<String, @Nullable Object> readable = new LinkedHashMap<>(document);
        readable.remove(SEALED);
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(readable);
        whole.putAll(members(key.open(context(readable), sealed)));
        return whole;
    }

    private byte[] context(Map<String, @Nullable Object> document) {
        byte[] readable = bytes(document);
        byte[] label = "enact/approval/v1\n".getBytes(StandardCharsets.UTF_8);
        byte[] context = new byte[label.length + readable.length];
        System.arraycopy(label, 0, context, 0, label.length);
        System.arraycopy(readable, 0, context, label.length, readable.length);
        return context;
    }

    private Map<String, @Nullable Object> members(byte[] bytes) {
        return ApprovalReader.object(this.json.read(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static ApprovalStoreException altered(ApprovalRow row, String why, @Nullable Throwable cause) {
        return new ApprovalStoreException(
                "The request for approval " + name(row) + " was altered where it is kept: " + why
                        + ". It approves nothing; find out who can write there",
                cause);
    }

    /** What stands in a row may be anything. */
    private static String name(ApprovalRow row) {
        try {
            return UUID.fromString(row.id()).toString();
        } catch (IllegalArgumentException ex) {
            return "of an unreadable ticket";
        }
    }
}
