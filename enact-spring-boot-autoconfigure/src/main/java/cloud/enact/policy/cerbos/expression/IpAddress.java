package cloud.enact.policy.cerbos.expression;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address of 4 or 16 bytes, read from its text without asking anybody. Immutable.
 *
 * @param bytes most significant first; never changed
 */
record IpAddress(byte[] bytes) {

    static final int V4 = 4;

    private static final int V6 = 16;

    private static final int GROUPS = 8;

    private static final int LONGEST = 45;

    /** Reads an address, or returns {@code null}. There are no zones, no brackets and no octal numbers. */
    static @Nullable IpAddress parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        byte[] bytes = (text.indexOf(':') >= 0) ? parseV6(text) : parseV4(text);
        return (bytes != null) ? new IpAddress(bytes) : null;
    }

    /** Reads an address that must be one. */
    static IpAddress of(String text) {
        IpAddress address = parse(text);
        if (address == null) {
            throw new IllegalArgumentException("The text is no IP address");
        }
        return address;
    }

    boolean isV4() {
        return this.bytes.length == V4;
    }

    /** An IPv4 address that is written as an IPv6 one, as what it is. */
    IpAddress unmapped() {
        boolean mapped = !isV4() && startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
        return mapped ? new IpAddress(Arrays.copyOfRange(this.bytes, V6 - V4, V6)) : this;
    }

    boolean isLoopback() {
        return isV4() ? startsWith(127) : toText().equals("::1");
    }

    boolean isUnspecified() {
        return toText().equals(isV4() ? "0.0.0.0" : "::");
    }

    boolean isMulticast() {
        return isV4() ? (at(0) & 0xf0) == 0xe0 : at(0) == 0xff;
    }

    boolean isLinkLocalUnicast() {
        return isV4() ? startsWith(169, 254) : at(0) == 0xfe && (at(1) & 0xc0) == 0x80;
    }

    boolean isLinkLocalMulticast() {
        return isV4() ? startsWith(224, 0, 0) : at(0) == 0xff && (at(1) & 0x0f) == 0x02;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = isV4() && startsWith(255, 255, 255, 255);
        return !broadcast && !isUnspecified() && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    /** The address with all but the first bits cleared. */
    IpAddress masked(int bits) {
        byte[] masked = this.bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
            masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return new IpAddress(masked);
    }

    /** The canonical form: of IPv6 in small letters, the longest run of zeros left out. */
    String toText() {
        if (isV4()) {
            return at(0) + "." + at(1) + "." + at(2) + "." + at(3);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(i + run) == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append((text.length() == 0 || text.charAt(text.length() - 1) == ':') ? "" : ":");
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress address && Arrays.equals(this.bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(this.bytes);
    }

    @Override
    public String toString() {
        return toText();
    }

    private int at(int index) {
        return this.bytes[index] & 0xff;
    }

    private int group(int index) {
        return at(2 * index) << Byte.SIZE | at(2 * index + 1);
    }

    private boolean startsWith(int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (at(i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4) {
            return null;
        }
        byte[] bytes = new byte[V4];
        for (int i = 0; i < V4; i++) {
            int number = number(parts[i], 10, 3);
            if (number < 0 || number > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
                return null;
            }
            bytes[i] = (byte) number;
        }
        return bytes;
    }

    private static byte @Nullable [] parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return (all != null && all.length == V6) ? all : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > V6 - 2) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, V6);
        System.arraycopy(tail, 0, bytes, V6 - tail.length, tail.length);
        return bytes;
    }

    /** Groups between colons, the last of which may be an IPv4 address. */
    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return null;
        }
        boolean dotted = parts[parts.length - 1].indexOf('.') >= 0;
        byte[] bytes = new byte[2 * parts.length + (dotted ? 2 : 0)];
        for (int i = 0; i < parts.length - (dotted ? 1 : 0); i++) {
            int group = number(parts[i], 16, 4);
            if (group < 0) {
                return null;
            }
            bytes[2 * i] = (byte) (group >> Byte.SIZE);
            bytes[2 * i + 1] = (byte) group;
        }
        if (dotted) {
            byte[] last = parseV4(parts[parts.length - 1]);
            if (last == null) {
                return null;
            }
            System.arraycopy(last, 0, bytes, bytes.length - V4, V4);
        }
        return bytes;
    }

    private static int number(String digits, int radix, int most) {
        if (digits.isEmpty() || digits.length() > most) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = (digits.charAt(i) < 0x80) ? Character.digit(digits.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }
}
