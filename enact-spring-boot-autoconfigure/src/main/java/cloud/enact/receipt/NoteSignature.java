package cloud.enact.receipt;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One signature of a {@link SignedNote}. Immutable.
 *
 * @param name name of the key, without spaces and plus signs
 * @param keyId what tells keys of one name apart
 * @param signature the signature itself
 */
public record NoteSignature(String name, int keyId, byte[] signature) {

    /** Bytes of the id of a key. */
    static final int ID = Integer.BYTES;

    private static final int MAX_NAME = 255;

    public NoteSignature {
        requireName(name);
        signature = signature.clone();
    }

    static NoteSignature of(String name, byte[] bytes) {
        return new NoteSignature(name, ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, ID, bytes.length));
    }

    static String requireName(String name) {
        boolean plain = name.codePoints()
                .allMatch(c -> c > ' '
                        && c != '+'
                        && c != 0x7F
                        && !Character.isSpaceChar(c)
                        && !Character.isWhitespace(c)
                        && Character.getType(c) != Character.SURROGATE);
        if (name.isEmpty() || name.length() > MAX_NAME || !plain) {
            throw new ReceiptFormatException(
                    "The name of a key has 1 to " + MAX_NAME + " characters, without spaces and plus signs", null);
        }
        return name;
    }

    @Override
    public byte[] signature() {
        return this.signature.clone();
    }

    String base64() {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(ID + this.signature.length)
                        .putInt(this.keyId)
                        .put(this.signature)
                        .array());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteSignature that
                && this.name.equals(that.name)
                && this.keyId == that.keyId
                && Arrays.equals(this.signature, that.signature);
    }

    @Override
    public int hashCode() {
        return this.name.hashCode() * 31 + Arrays.hashCode(this.signature);
    }
}
