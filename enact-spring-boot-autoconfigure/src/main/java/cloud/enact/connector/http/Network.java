package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses a connector may reach: public ones, and private ones only where that is allowed. Immutable. */
final class Network {

    private static final int V4_IN_V6 = 12;

    private final boolean allowsPrivate;

    private final Names names;

    Network(boolean allowsPrivate, Names names) {
        this.allowsPrivate = allowsPrivate;
        this.names = names;
    }

    /**
     * Looks a host up, and refuses it unless each of its addresses may be reached.
     *
     * @throws ConnectorException when one may not
     * @throws UnknownHostException when nobody knows the host
     */
    void require(String host) throws UnknownHostException {
        for (InetAddress address : this.names.find(host)) {
            Kind kind = kind(address.getAddress());
            if (kind == Kind.NEVER || kind == Kind.PRIVATE && !this.allowsPrivate) {
                throw new ConnectorException("The host of the base URL leads to an address that is "
                        + ((kind == Kind.NEVER)
                                ? "no address of an API, so no request is sent"
                                : "private, so no request is sent; allow that with 'allow-private'"));
            }
        }
    }

    /** What an address is. */
    enum Kind {
        PUBLIC,
        PRIVATE,
        NEVER
    }

    static Kind kind(byte[] address) {
        return (address.length == 4) ? kind4(address) : kind6(address);
    }

    private static Kind kind4(byte[] bytes) {
        int a = bytes[0] & 0xFF;
        int b = bytes[1] & 0xFF;
        int c = bytes[2] & 0xFF;
        if (a == 10
                || a == 127
                || a == 172 && b >= 16 && b < 32
                || a == 192 && b == 168
                || a == 100 && b >= 64 && b < 128) {
            // Alibaba's cloud has its metadata among the shared addresses
            return (a == 100 && b == 100 && c == 100 && (bytes[3] & 0xFF) == 200) ? Kind.NEVER : Kind.PRIVATE;
        }
        boolean never = a == 0
                || a >= 224
                || a == 169 && b == 254
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 192 && b == 88 && c == 99
                || a == 198 && (b == 18 || b == 19 || b == 51 && c == 100)
                || a == 203 && b == 0 && c == 113;
        return never ? Kind.NEVER : Kind.PUBLIC;
    }

    private static Kind kind6(byte[] bytes) {
        if (isZero(bytes, 0, 15) && bytes[15] == 1) {
            return Kind.PRIVATE;
        }
        boolean mapped = isZero(bytes, 0, 10) && (bytes[10] & 0xFF) == 0xFF && (bytes[11] & 0xFF) == 0xFF;
        if (mapped) {
            return kind4(Arrays.copyOfRange(bytes, V4_IN_V6, 16));
        }
        int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        int second = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        if ((first & 0xFE00) == 0xFC00) {
            // the metadata service of Amazon's cloud
            boolean metadata = first == 0xFD00
                    && second == 0x0EC2
                    && isZero(bytes, 4, 14)
                    && bytes[14] == 0x02
                    && bytes[15] == 0x54;
            return metadata ? Kind.NEVER : Kind.PRIVATE;
        }
        // what only wraps an IPv4 address leads to that
        if (first == 0x64 && second == 0xFF9B && isZero(bytes, 4, V4_IN_V6)) {
            return stricter(kind4(Arrays.copyOfRange(bytes, V4_IN_V6, 16)));
        }
        boolean global = (first & 0xE000) == 0x2000;
        boolean special = first == 0x2002
                || first == 0x2001 && (second < 0x200 || second == 0x0DB8)
                || first == 0x3FFF && second < 0x1000;
        return (global && !special) ? Kind.PUBLIC : Kind.NEVER;
    }

    private static Kind stricter(Kind wrapped) {
        return (wrapped == Kind.PUBLIC) ? Kind.PUBLIC : Kind.NEVER;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a host as written is this very machine, without looking anything up. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface Names {

        InetAddress[] find(String host) throws UnknownHostException;
    }
}
