package cloud.enact.receipt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the texts, numbers and words of canonical JSON, one after the other. Not thread-safe. */
abstract class CanonicalScanner {

    private static final int MAX_NUMBER = 32;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;

    private static final long HIGH = 0x8080_8080_8080_8080L;

    private static final long SPACES = ONES * ' ';

    private static final long QUOTES = ONES * '"';

    private static final long BACKSLASHES = ONES * '\\';

    final byte[] bytes;

    int at;

    /** Whether the string read last held neither escapes nor anything beyond ASCII. */
    boolean plain;

    CanonicalScanner(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return this.at;
    }

    /** The next byte, or -1 at the end. */
    int peek() {
        return (this.at < this.bytes.length) ? this.bytes[this.at] : -1;
    }

    /** Whether these bytes come next. */
    boolean startsWith(byte[] wanted) {
        int end = this.at + wanted.length;
        return end <= this.bytes.length && Arrays.equals(this.bytes, this.at, end, wanted, 0, wanted.length);
    }

    void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed("'" + wanted + "' expected");
        }
        this.at++;
    }

    boolean accept(char wanted) {
        if (peek() == wanted) {
            this.at++;
            return true;
        }
        return false;
    }

    void end() {
        if (this.at != this.bytes.length) {
            throw malformed("the value must end");
        }
    }

    /** Reads a string. */
    String string() {
        int start = this.at + 1;
        skipString();
        if (this.plain) {
            return new String(this.bytes, start, this.at - 1 - start, StandardCharsets.ISO_8859_1);
        }
        String text = new String(this.bytes, start, this.at - 1 - start, StandardCharsets.UTF_8);
        return (text.indexOf('\\') < 0) ? text : unescape(text);
    }

    private static String unescape(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case 'b' -> result.append('\b');
                case 't' -> result.append('\t');
                case 'n' -> result.append('\n');
                case 'f' -> result.append('\f');
                case 'r' -> result.append('\r');
                case 'u' -> {
                    result.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> result.append(kind);
            }
        }
        return result.toString();
    }

    void skipString() {
        expect('"');
        boolean onlyPlain = true;
        while (true) {
            this.at = special(this.bytes, this.at);
            int b = peek();
            if (b == '"') {
                this.at++;
                this.plain = onlyPlain;
                return;
            }
            onlyPlain = false;
            if (b == '\\') {
                escape();
            } else if (this.at == this.bytes.length) {
                throw malformed("a string must end");
            } else if (b >= 0) {
                throw malformed("control characters must be escaped");
            } else {
                sequence(b & 0xFF);
            }
        }
    }

    /**
     * Where the next byte stands that is not plain text: a quote, a backslash, a control character, one beyond ASCII.
     * Looks at eight bytes at a time: most of a receipt is text.
     */
    private static int special(byte[] bytes, int start) {
        int at = start;
        for (; at + 8 <= bytes.length; at += 8) {
            long word = (long) WORDS.get(bytes, at);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            // the lowest flag is exact; a borrow may only raise false ones above it
            long found = (word | word - SPACES & ~word | quote - ONES & ~quote | backslash - ONES & ~backslash) & HIGH;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / 8;
            }
        }
        while (at < bytes.length && bytes[at] >= 0x20 && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private void escape() {
        this.at++;
        int kind = peek();
        if (kind == '"' || kind == '\\' || kind == 'b' || kind == 't' || kind == 'n' || kind == 'f' || kind == 'r') {
            this.at++;
            return;
        }
        if (kind == 'u' && this.at + 4 < this.bytes.length) {
            int high = hex(this.bytes[this.at + 3]);
            int low = hex(this.bytes[this.at + 4]);
            int code = high * 16 + low;
            boolean shorter = code == '\b' || code == '\t' || code == '\n' || code == '\f' || code == '\r';
            if (this.bytes[this.at + 1] == '0'
                    && this.bytes[this.at + 2] == '0'
                    && high >= 0
                    && low >= 0
                    && code < 0x20
                    && !shorter) {
                this.at += 5;
                return;
            }
        }
        throw malformed("this escape is not canonical");
    }

    private static int hex(byte digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        return (digit >= 'a' && digit <= 'f') ? digit - 'a' + 10 : -1_000;
    }

    /** UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
    private void sequence(int first) {
        int more;
        int least;
        int point;
        if (first >= 0xC2 && first < 0xE0) {
            more = 1;
            least = 0x80;
            point = first & 0x1F;
        } else if (first >= 0xE0 && first < 0xF0) {
            more = 2;
            least = 0x800;
            point = first & 0x0F;
        } else if (first >= 0xF0 && first < 0xF5) {
            more = 3;
            least = 0x10000;
            point = first & 0x07;
        } else {
            throw malformed("not UTF-8");
        }
        if (this.at + more >= this.bytes.length) {
            throw malformed("not UTF-8");
        }
        for (int i = 1; i <= more; i++) {
            int next = this.bytes[this.at + i];
            if ((next & 0xC0) != 0x80) {
                throw malformed("not UTF-8");
            }
            point = (point << 6) | (next & 0x3F);
        }
        if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
            throw malformed("not UTF-8");
        }
        this.at += more + 1;
    }

    @Nullable
    Object literal(String text, @Nullable Object value) {
        for (int i = 0; i < text.length(); i++) {
            if (peek() != text.charAt(i)) {
                throw malformed("a value expected");
            }
            this.at++;
        }
        return value;
    }

    /** Reads a number. */
    Number number() {
        int start = this.at;
        boolean integer = true;
        int b = peek();
        while ((b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e') {
            integer = integer && (b >= '0' || (b == '-' && this.at == start)) && b != 'e';
            this.at++;
            b = peek();
        }
        int length = this.at - start;
        if (length == 0 || length > MAX_NUMBER) {
            throw malformed("a value expected");
        }
        String text = new String(this.bytes, start, length, StandardCharsets.ISO_8859_1);
        try {
            if (integer && length <= 17) {
                long value = Long.parseLong(text);
                if (Math.abs(value) <= CanonicalJson.MAX_SAFE_INTEGER
                        && Long.toString(value).equals(text)) {
                    return value;
                }
            }
            double value = Double.parseDouble(text);
            if (Double.isFinite(value) && Es6Number.format(value).equals(text)) {
                return value;
            }
        } catch (NumberFormatException ex) {
            throw new ReceiptFormatException("Offset " + start + ": a value expected", ex);
        }
        this.at = start;
        throw malformed("this number is not canonical");
    }

    ReceiptFormatException malformed(String message) {
        return new ReceiptFormatException("Offset " + this.at + ": " + message, null);
    }
}
