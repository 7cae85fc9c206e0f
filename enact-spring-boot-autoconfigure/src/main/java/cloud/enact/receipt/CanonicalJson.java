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
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
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

    /** So few members sort faster in place than in a tree. */
    private static final int FEW = 16;

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
            Object[] members = sorted(map);
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

    /** Names and values in turn, in the order of UTF-16 code units. */
    static Object[] sorted(Map<?, ?> map) {
        Object[] members = new Object[map.size() * 2];
        int count = 0;
        boolean plain = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (count + 2 > members.length) {
                members = Arrays.copyOf(members, members.length * 2 + 2);
            }
            Object key = entry.getKey();
            plain = plain && key instanceof String name && wellFormed(name);
            members[count] = key;
            members[count + 1] = entry.getValue();
            count += 2;
        }
        members = (count == members.length) ? members : Arrays.copyOf(members, count);
        return plain ? sort(members) : sort(unique(members));
    }

    static Object[] sort(Object[] members) {
        boolean ascending = true;
        for (int i = 2; i < members.length && ascending; i += 2) {
            ascending = ((String) members[i - 2]).compareTo((String) members[i]) < 0;
        }
        if (ascending) {
            return members;
        }
        return (members.length <= FEW * 2) ? insertionSort(members) : treeSort(members);
    }

    private static Object[] insertionSort(Object[] members) {
        for (int i = 2; i < members.length; i += 2) {
            String name = (String) members[i];
            Object value = members[i + 1];
            int to = i;
            while (to > 0 && ((String) members[to - 2]).compareTo(name) > 0) {
                members[to] = members[to - 2];
                members[to + 1] = members[to - 1];
                to -= 2;
            }
            members[to] = name;
            members[to + 1] = value;
        }
        return members;
    }

    private static Object[] treeSort(Object[] members) {
        TreeMap<String, Integer> order = new TreeMap<>();
        for (int i = 0; i < members.length; i += 2) {
            order.put((String) members[i], i);
        }
        Object[] result = new Object[members.length];
        int at = 0;
        for (int from : order.values()) {
            result[at++] = members[from];
            result[at++] = members[from + 1];
        }
        return result;
    }

    /** Makes names of what is not well-formed text, without letting two of them become the same. */
    private static Object[] unique(Object[] members) {
        TreeMap<String, @Nullable Object> result = new TreeMap<>();
        Map<String, Integer> taken = new HashMap<>();
        for (boolean changed : new boolean[] {false, true}) {
            for (int i = 0; i < members.length; i += 2) {
                boolean plain = members[i] instanceof String name && wellFormed(name);
                if (plain == changed) {
                    continue;
                }
                String name = plain ? (String) members[i] : repair(members[i]);
                String free = name;
                while (result.containsKey(free)) {
                    free = name + '\uFFFD' + taken.merge(name, 1, Integer::sum);
                }
                result.put(free, members[i + 1]);
            }
        }
        Object[] flat = new Object[result.size() * 2];
        int at = 0;
        for (Map.Entry<String, @Nullable Object> entry : result.entrySet()) {
            flat[at++] = entry.getKey();
            flat[at++] = entry.getValue();
        }
        return flat;
    }

    private static String repair(@Nullable Object key) {
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
