package cloud.enact.policy.cerbos.expression;

import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin with the same bits.
 *
 * @param address the address as written
 * @param length number of bits that count
 */
record IpRange(IpAddress address, int length) {

    private static final int LONGEST_LENGTH = 3;

    /** Reads {@code address/length}, or returns {@code null}. */
    static @Nullable IpRange parse(String text) {
        int slash = text.lastIndexOf('/');
        String digits = text.substring(slash + 1);
        if (slash < 0 || digits.isEmpty() || digits.length() > LONGEST_LENGTH || !isNumber(digits)) {
            return null;
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        int length = Integer.parseInt(digits);
        return (address != null && length <= address.bytes().length * Byte.SIZE) ? new IpRange(address, length) : null;
    }

    /** Reads a range that must be one. */
    static IpRange of(String text) {
        IpRange range = parse(text);
        if (range == null) {
            throw new IllegalArgumentException("The text is no range of IP addresses");
        }
        return range;
    }

    boolean contains(IpAddress other) {
        return other.isV4() == this.address.isV4()
                && other.masked(this.length).equals(this.address.masked(this.length));
    }

    boolean contains(IpRange other) {
        return other.length >= this.length && contains(other.address);
    }

    /** A range of IPv4 addresses that are written as IPv6 ones, as what it is. */
    IpRange unmapped() {
        IpAddress unmapped = this.address.unmapped();
        int extra = (this.address.bytes().length - unmapped.bytes().length) * Byte.SIZE;
        return (this.length >= extra) ? new IpRange(unmapped, this.length - extra) : this;
    }

    IpRange masked() {
        return new IpRange(this.address.masked(this.length), this.length);
    }

    String toText() {
        return this.address.toText() + "/" + this.length;
    }

    private static boolean isNumber(String digits) {
        boolean padded = digits.length() > 1 && digits.charAt(0) == '0';
        return !padded && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
