package cloud.enact.receipt;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of JSON (RFC 8785): one sequence of bytes per value.
 *
 * <p>Every Java value has a form, because writing must not fail after a side effect: integers beyond 2<sup>53</sup>
 * and decimals that are not exactly a double's shortest form are text, as are NaN and infinities; instants are RFC 3339
 * in UTC with microseconds; bytes are base64url without padding; half of a surrogate pair is U+FFFD; an object of
 * another class is its class name in angle brackets; what nests deeper than {@link #MAX_DEPTH} is one marker text.
 * Thread-safe.
 */
public final class CanonicalJson {

    /** How deep objects and arrays may nest. */
    public static final int MAX_DEPTH = 128;

    static final long MAX_SAFE_INTEGER = 1L << 53;

    private static final BigInteger MAX_SAFE = BigInteger.valueOf(MAX_SAFE_INTEGER);

    private static final String TOO_DEEP = "*** (nested too deeply)";

    private CanonicalJson() {}

    /** The canonical bytes of a value. */
    public static byte[] write(@Nullable Object value) {
        JsonBytes out = new JsonBytes(512);
        write(out, value);
        return out.toBytes();
    }

    /**
     * Reads canonical bytes, and only those: sorted unique names, no white space, the fewest escapes, canonical
     * numbers, valid UTF-8, at most {@link #MAX_DEPTH} levels.
     *
     * @return {@code null}, {@link Boolean}, {@link String}, {@link Long}, {@link Double}, or unmodifiable lists and
     *     maps of those; a number without fraction within 2<sup>53</sup> is a {@link Long}
     * @throws ReceiptFormatException for anything else; the message names the offset, never the content
     */
    public static @Nullable Object parse(byte[] bytes) {
        CanonicalParser parser = new CanonicalParser(bytes);
        Object value = parser.value(0);
        parser.end();
        return value;
    }

    static void write(JsonBytes out, @Nullable Object value) {
        write(out, value, 0);
    }

    private static void write(JsonBytes out, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            if (depth >= MAX_DEPTH) {
                out.string(TOO_DEEP);
                return;
            }
            out.raw('{');
            Object[] members = MemberOrder.sorted(map);
            for (int i = 0; i < members.length; i += 2) {
                if (i > 0) {
                    out.raw(',');
                }
                out.string((String) members[i]).raw(':');
                write(out, members[i + 1], depth + 1);
            }
            out.raw('}');
        } else if (value instanceof Iterable<?> elements) {
            if (depth >= MAX_DEPTH) {
                out.string(TOO_DEEP);
                return;
            }
            out.raw('[');
            boolean first = true;
            for (Object element : elements) {
                if (!first) {
                    out.raw(',');
                }
                first = false;
                write(out, element, depth + 1);
            }
            out.raw(']');
        } else if (value instanceof Object[] array) {
            write(out, Arrays.asList(array), depth);
        } else {
            scalar(out, value);
        }
    }

    /** Writes a value that is neither a map nor a list. */
    static void scalar(JsonBytes out, @Nullable Object value) {
        if (value == null) {
            out.raw("null");
        } else if (value instanceof CharSequence text) {
            out.string(text);
        } else if (value instanceof Boolean flag) {
            out.raw(flag ? "true" : "false");
        } else if (value instanceof Number number) {
            number(out, number);
        } else {
            out.string(text(value));
        }
    }

    private static void number(JsonBytes out, Number value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            long number = value.longValue();
            if (number > MAX_SAFE_INTEGER || number < -MAX_SAFE_INTEGER) {
                out.raw('"').number(number).raw('"');
            } else {
                out.number(number);
            }
        } else if (value instanceof Double || value instanceof Float) {
            double number = value.doubleValue();
            if (Double.isFinite(number)) {
                out.raw(Es6Number.format(number));
            } else {
                out.string(Double.toString(number));
            }
        } else if (value instanceof BigInteger number) {
            if (number.abs().compareTo(MAX_SAFE) > 0) {
                out.string(number.toString());
            } else {
                out.number(number.longValue());
            }
        } else if (value instanceof BigDecimal number) {
            decimal(out, number);
        } else {
            out.string(text(value));
        }
    }

    private static void decimal(JsonBytes out, BigDecimal value) {
        double nearest = value.doubleValue();
        if (Double.isFinite(nearest) && Math.abs(nearest) <= MAX_SAFE_INTEGER) {
            String shortest = Es6Number.format(nearest);
            if (new BigDecimal(shortest).compareTo(value) == 0) {
                out.raw(shortest);
                return;
            }
        }
        // not the plain form: 1E+1000000000 would fill the memory with zeros
        out.string(value.toString());
    }

    private static String text(Object value) {
        if (value instanceof UUID || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Instant instant) {
            return Timestamps.format(instant);
        }
        if (value instanceof OffsetDateTime time) {
            return Timestamps.format(time.toInstant());
        }
        if (value instanceof ZonedDateTime time) {
            return Timestamps.format(time.toInstant());
        }
        if (value instanceof Date date && date.getClass() == Date.class) {
            return Timestamps.format(date.toInstant());
        }
        if (value instanceof TemporalAccessor && value.getClass().getName().startsWith("java.time.")) {
            return value.toString();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
        // not toString(): it may throw, hold secrets, or differ from one JVM to the next
        return "<" + value.getClass().getName() + ">";
    }

    /** A name in the place of what is no well-formed text. */
    static String repair(@Nullable Object key) {
        if (key == null) {
            return "null";
        }
        if (key instanceof CharSequence || key instanceof Number || key instanceof Boolean) {
            return repair(key.toString());
        }
        return text(key);
    }

    /** Replaces each half of a surrogate pair by U+FFFD. */
    static String repair(String text) {
        if (wellFormed(text)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> (point >= 0xD800 && point <= 0xDFFF) ? 0xFFFD : point)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    static boolean wellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
