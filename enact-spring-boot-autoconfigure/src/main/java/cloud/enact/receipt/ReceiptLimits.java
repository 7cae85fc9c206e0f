package cloud.enact.receipt;

/**
 * How large the parts of a receipt may get. What is cut says so in its place, with its size and a keyed digest.
 *
 * @param text characters of one text, at least 128, so that no digest is cut
 * @param elements elements of one list, members of one object, at least 8
 * @param block bytes of the arguments, of an outcome and of all outputs of a receipt each, at least 1024
 */
public record ReceiptLimits(int text, int elements, int block) {

    public ReceiptLimits {
        if (text < 128 || elements < 8 || block < 1024) {
            throw new IllegalArgumentException(
                    "Receipt limits must be at least 128 characters, 8 elements and 1024 bytes");
        }
    }

    /** 4096 characters, 1000 elements, 64 kB. */
    public static ReceiptLimits defaults() {
        return new ReceiptLimits(4096, 1000, 65_536);
    }

    /** What a second attempt uses when the block got too large. */
    ReceiptLimits tight() {
        return new ReceiptLimits(Math.min(this.text, 256), Math.min(this.elements, 32), this.block);
    }
}
