package cloud.enact.analysis.url;

import java.util.Optional;

/**
 * Reads IPv4 addresses in any notation that clients accept: {@code 127.1}, {@code 0x7f000001} and {@code 2130706433}
 * are all {@code 127.0.0.1}.
 *
 * @param bits the address
 * @param octal whether a number has a leading zero, which some read as octal and others as decimal
 */
record Ipv4(long bits, boolean octal) {

    private static final long MOST = 0xFFFFFFFFL;

    /** Whether clients take a host that ends so for an address, and refuse it when it is none. */
    static boolean endsInNumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (last.isEmpty()) {
            return false;
        }
        return isDigits(last) || last.startsWith("0x") && number(last) >= 0;
    }

    /** Reads a host in small letters, without a trailing dot. */
    static Optional<Ipv4> read(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long bits = 0;
        boolean octal = false;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            boolean last = i == parts.length - 1;
            int rest = 8 * (4 - i);
            if (number < 0 || !last && number > 255 || last && number >= 1L << rest) {
                return Optional.empty();
            }
            octal |= isOctal(parts[i]);
            bits |= last ? number : number << (rest - 8);
        }
        return Optional.of(new Ipv4(bits, octal));
    }

    boolean isLoopback() {
        return this.bits >> 24 == 127;
    }

    @Override
    public String toString() {
        return (this.bits >> 24) + "." + (this.bits >> 16 & 255) + "." + (this.bits >> 8 & 255) + "."
                + (this.bits & 255);
    }

    private static boolean isOctal(String part) {
        return part.length() > 1 && part.charAt(0) == '0' && part.charAt(1) != 'x';
    }

    /** A decimal, octal or hexadecimal number, or -1; what is too large is only larger than any address. */
    private static long number(String part) {
        if (part.isEmpty()) {
            return -1;
        }
        int radix = part.startsWith("0x") ? 16 : isOctal(part) ? 8 : 10;
        long number = 0;
        for (int i = (radix == 16) ? 2 : 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int digit = (c < 128) ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = Math.min(MOST + 1, number * radix + digit);
        }
        return number;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
