package cloud.enact.analysis.url;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Reads IPv6 addresses, also those that end in an IPv4 address. */
final class Ipv6 {

    private static final int GROUPS = 8;

    /** More groups than an address has. */
    private static final int[] INVALID = new int[GROUPS + 1];

    private Ipv6() {}

    /**
     * Reads what stands between the brackets; a zone is left out.
     *
     * @return the address; one that only wraps an IPv4 address is that
     */
    static Optional<InetAddress> read(String text) {
        int zone = text.indexOf('%');
        String address = (zone < 0) ? text : text.substring(0, zone);
        int gap = address.indexOf("::");
        if (gap != address.lastIndexOf("::") || address.length() > 64) {
            return Optional.empty();
        }
        int[] head = groups((gap < 0) ? address : address.substring(0, gap), gap < 0);
        int[] tail = groups((gap < 0) ? "" : address.substring(gap + 2), true);
        int missing = GROUPS - head.length - tail.length;
        if (head == INVALID || tail == INVALID || (gap < 0) ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        byte[] bytes = new byte[2 * GROUPS];
        put(head, bytes, 0);
        put(tail, bytes, 2 * (GROUPS - tail.length));
        try {
            // of sixteen bytes it never looks anything up
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException ex) {
            return Optional.empty();
        }
    }

    private static void put(int[] groups, byte[] bytes, int at) {
        for (int i = 0; i < groups.length; i++) {
            bytes[at + 2 * i] = (byte) (groups[i] >> 8);
            bytes[at + 2 * i + 1] = (byte) groups[i];
        }
    }

    private static int[] groups(String text, boolean mayEndInIpv4) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[GROUPS + 1];
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (count >= GROUPS) {
                return INVALID;
            }
            String part = parts[i];
            if (part.indexOf('.') >= 0) {
                Optional<Ipv4> end = Ipv4.read(part);
                if (!mayEndInIpv4 || i != parts.length - 1 || end.isEmpty() || count > GROUPS - 2) {
                    return INVALID;
                }
                groups[count++] = (int) (end.get().bits() >> 16);
                groups[count++] = (int) (end.get().bits() & 0xFFFF);
                continue;
            }
            if (part.isEmpty() || part.length() > 4) {
                return INVALID;
            }
            int group = 0;
            for (int j = 0; j < part.length(); j++) {
                int digit = (part.charAt(j) < 128) ? Character.digit(part.charAt(j), 16) : -1;
                if (digit < 0) {
                    return INVALID;
                }
                group = group << 4 | digit;
            }
            groups[count++] = group;
        }
        return Arrays.copyOf(groups, count);
    }
}
