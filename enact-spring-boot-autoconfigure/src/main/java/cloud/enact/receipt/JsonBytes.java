package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes with the primitives of canonical JSON (RFC 8785). Not thread-safe. */
final class JsonBytes {

    private static final int CHUNK = 512;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private byte[] bytes;

    private int length;

    JsonBytes(int capacity) {
        this.bytes = new byte[capacity];
    }

    int length() {
        return this.length;
    }

    /** Forgets everything behind a length this buffer had before. */
    void rewind(int length) {
        this.length = length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(this.bytes, this.length);
    }

    /** The array behind this buffer; only the first {@link #length()} bytes mean anything. */
    byte[] array() {
        return this.bytes;
    }

    JsonBytes raw(char ascii) {
        reserve(1);
        this.bytes[this.length++] = (byte) ascii;
        return this;
    }

    JsonBytes raw(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, this.bytes, this.length, encoded.length);
        this.length += encoded.length;
        return this;
    }

    JsonBytes raw(JsonBytes source, int start, int end) {
        reserve(end - start);
        System.arraycopy(source.bytes, start, this.bytes, this.length, end - start);
        this.length += end - start;
        return this;
    }

    /** Text of ASCII characters, without quotes and escapes. */
    @SuppressWarnings("deprecation") // the one copy from String that neither allocates nor encodes; right for ASCII
    JsonBytes raw(String ascii) {
        int count = ascii.length();
        reserve(count);
        ascii.getBytes(0, count, this.bytes, this.length);
        this.length += count;
        return this;
    }

    /** A string with quotes and the fewest escapes; half of a surrogate pair is written as U+FFFD. */
    JsonBytes string(CharSequence text) {
        raw('"');
        int count = text.length();
        if (text instanceof String plain && isPlain(plain)) {
            return raw(plain).raw('"');
        }
        for (int start = 0; start < count; start += CHUNK) {
            int end = Math.min(count, start + CHUNK);
            reserve(6 * (end - start));
            // a pair that straddles the chunk is written whole, so the next chunk starts one further
            start += characters(text, start, end) - end;
        }
        return raw('"');
    }

    /** Whether the text is ASCII that needs no escape, as nearly all is: then it can be copied in one go. */
    private static boolean isPlain(String text) {
        int count = text.length();
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private int characters(CharSequence text, int start, int end) {
        byte[] out = this.bytes;
        int at = this.length;
        int index = start;
        while (index < end) {
            char c = text.charAt(index++);
            if (c >= 0x20 && c < 0x80) {
                if (c == '"' || c == '\\') {
                    out[at++] = '\\';
                }
                out[at++] = (byte) c;
            } else if (c < 0x20) {
                at = control(out, at, c);
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | (c >> 6));
                out[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)
                    && index < text.length()
                    && Character.isLowSurrogate(text.charAt(index))) {
                int point = Character.toCodePoint(c, text.charAt(index++));
                out[at++] = (byte) (0xF0 | (point >> 18));
                out[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                out[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                int point = Character.isSurrogate(c) ? 0xFFFD : c;
                out[at++] = (byte) (0xE0 | (point >> 12));
                out[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (point & 0x3F));
            }
        }
        this.length = at;
        return index;
    }

    private static int control(byte[] out, int start, char c) {
        int at = start;
        out[at++] = '\\';
        switch (c) {
            case '\b' -> out[at++] = 'b';
            case '\t' -> out[at++] = 't';
            case '\n' -> out[at++] = 'n';
            case '\f' -> out[at++] = 'f';
            case '\r' -> out[at++] = 'r';
            default -> {
                out[at++] = 'u';
                out[at++] = '0';
                out[at++] = '0';
                out[at++] = HEX[c >> 4];
                out[at++] = HEX[c & 0xF];
            }
        }
        return at;
    }

    /** Bytes as lower-case hexadecimal digits. */
    JsonBytes hex(byte[] value) {
        reserve(value.length * 2);
        for (byte b : value) {
            this.bytes[this.length++] = HEX[(b >> 4) & 0xF];
            this.bytes[this.length++] = HEX[b & 0xF];
        }
        return this;
    }

    JsonBytes number(long value) {
        return raw(Long.toString(value));
    }

    private void reserve(int more) {
        if (this.bytes.length - this.length < more) {
            long wanted = Math.max((long) this.length + more, (long) this.bytes.length * 2);
            if ((long) this.length + more > MAX_LENGTH) {
                throw new IllegalArgumentException("A JSON value is larger than 2 GB; pass content by reference");
            }
            this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(wanted, MAX_LENGTH));
        }
    }
}
