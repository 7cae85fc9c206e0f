package cloud.enact.analysis.url;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host in the one form in which hosts can be compared: small ASCII letters, international names in Punycode, IPv4
 * as four decimals, without a trailing dot. Immutable.
 *
 * @param name the host; an IPv6 address stands in brackets
 * @param kind what it is
 * @param loopback whether it is this very machine
 */
public record Host(String name, Kind kind, boolean loopback) {

    private static final int LONGEST_WRITTEN = 1024;

    private static final int LONGEST = 253;

    /** Kept by some readers, dropped or replaced by others: sharp s, final sigma, and the two joiners. */
    private static final String DEVIATIONS = "\u00DF\u1E9E\u03C2\u200C\u200D";

    /**
     * Reads a host.
     *
     * @param written as it stands in an address, or alone
     * @return empty when it is none, or readers disagree about which
     */
    public static Optional<Host> read(String written) {
        if (written.isEmpty() || written.length() > LONGEST_WRITTEN) {
            return Optional.empty();
        }
        if (written.charAt(0) == '[') {
            return written.endsWith("]") ? bracketed(written.substring(1, written.length() - 1)) : Optional.empty();
        }
        String name = ascii(written);
        if (name == null) {
            return Optional.empty();
        }
        if (Ipv4.endsInNumber(name)) {
            return Ipv4.read(name)
                    .filter(address -> !address.octal())
                    .map(address -> new Host(address.toString(), Kind.IPV4, address.isLoopback()));
        }
        return isName(name)
                ? Optional.of(new Host(name, Kind.NAME, name.equals("localhost") || name.endsWith(".localhost")))
                : Optional.empty();
    }

    /** Whether this is the domain, or a name below it. */
    public boolean isIn(String domain) {
        return this.name.equals(domain) || isBelow(domain);
    }

    /** Whether this is a name below the domain, at any depth. */
    public boolean isBelow(String domain) {
        return this.kind == Kind.NAME
                && this.name.length() > domain.length() + 1
                && this.name.endsWith(domain)
                && this.name.charAt(this.name.length() - domain.length() - 1) == '.';
    }

    private static Optional<Host> bracketed(String written) {
        return Ipv6.read(written)
                .map(address -> new Host(
                        (address instanceof Inet4Address)
                                ? address.getHostAddress()
                                : "[" + address.getHostAddress() + "]",
                        (address instanceof Inet4Address) ? Kind.IPV4 : Kind.IPV6,
                        isLoopback(address)));
    }

    private static boolean isLoopback(InetAddress address) {
        return address.isLoopbackAddress();
    }

    private static @Nullable String ascii(String written) {
        String decoded = (written.indexOf('%') >= 0) ? percentDecoded(written) : written;
        if (decoded == null || decoded.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
            return null;
        }
        try {
            String composed =
                    Normalizer.normalize(decoded, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
            String name = isAscii(composed) ? composed : IDN.toASCII(composed, IDN.ALLOW_UNASSIGNED);
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        } catch (RuntimeException ex) {
            // of some names the JDK's reader throws more than it says
            return null;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** Letters, digits, dashes and underscores between single dots; stricter than browsers, as DNS is. */
    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                label++;
            } else {
                return false;
            }
            if (label > 63) {
                return false;
            }
        }
        return label > 0;
    }

    /** The text its percent signs stand for, or {@code null}. */
    static @Nullable String percentDecoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < written.length; i++) {
            if (written[i] != '%') {
                bytes.write(written[i]);
                continue;
            }
            int high = (i + 2 < written.length) ? Character.digit(written[i + 1], 16) : -1;
            int low = (i + 2 < written.length) ? Character.digit(written[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        String decoded = bytes.toString(StandardCharsets.UTF_8);
        return (decoded.indexOf('\uFFFD') >= 0) ? null : decoded;
    }

    /** What a host may be. */
    public enum Kind {
        NAME,
        IPV4,
        IPV6
    }
}
