package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be written; can be read more than once. */
interface Content {

    /** Arguments that hold what is written. */
    Set<String> ARGUMENTS = Set.of("content", "content_base64");

    InputStream open() throws IOException;

    /** As arguments, the way policies see it. */
    Map<String, @Nullable Object> args();

    /**
     * Reads {@code content} or {@code content_base64}.
     *
     * @throws IllegalArgumentException unless there is exactly one of them, and it can be written
     */
    static Content from(Map<String, @Nullable Object> args) {
        Object text = args.get("content");
        Object base64 = args.get("content_base64");
        if ((text == null) == (base64 == null)) {
            throw new IllegalArgumentException("Give either 'content' (text) or 'content_base64' (bytes)");
        }
        if (text instanceof String string) {
            return new Bytes(encode(string), Map.of("content", string));
        }
        if (base64 instanceof String string) {
            try {
                return new Bytes(Base64.getDecoder().decode(string), Map.of("content_base64", string));
            } catch (IllegalArgumentException ex) {
                throw new IllegalArgumentException("'content_base64' is not Base64");
            }
        }
        throw new IllegalArgumentException("'content' and 'content_base64' must be text");
    }

    /** Bytes are shown as text where they are text, so that policies can read them. */
    static Content of(byte[] bytes) {
        byte[] copy = bytes.clone();
        String text = decode(copy);
        return new Bytes(
                copy,
                (text != null)
                        ? Map.of("content", text)
                        : Map.of("content_base64", Base64.getEncoder().encodeToString(copy)));
    }

    /** Content that is in the blob store already, because it may be too large for memory. */
    static Content stored(BlobStore blobs, String sha256, long size) {
        return new Stored(blobs, sha256, size);
    }

    /** The text of bytes, or {@code null} when they are not UTF-8. */
    static @Nullable String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException ex) {
            return null;
        }
    }

    private static byte[] encode(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException ex) {
            throw new IllegalArgumentException("'content' has half a character in it and can't be written as UTF-8");
        }
    }

    /** Content that is small enough to be an argument. */
    record Bytes(byte[] bytes, Map<String, @Nullable Object> args) implements Content {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(this.bytes);
        }
    }

    /** Content of a stream. */
    record Stored(BlobStore blobs, String sha256, long size) implements Content {

        @Override
        public InputStream open() throws IOException {
            return this.blobs.open(this.sha256);
        }

        @Override
        public Map<String, @Nullable Object> args() {
            Map<String, @Nullable Object> args = new LinkedHashMap<>();
            args.put("content_sha256", this.sha256);
            args.put("content_bytes", this.size);
            return args;
        }
    }
}
