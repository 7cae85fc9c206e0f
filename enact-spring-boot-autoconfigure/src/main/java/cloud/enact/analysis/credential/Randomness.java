package cloud.enact.analysis.credential;

/**
 * How random a stretch of text looks, from counts that one pass gives. Words and identifiers change between letters,
 * capitals and digits seldom; tokens do so at about every second character.
 *
 * @param length number of characters looked at
 * @param digits number of digits
 * @param changes how often two neighbours are of different classes (small letter, capital, digit), separators left out
 * @param distinct number of different ASCII characters
 */
record Randomness(int length, int digits, int changes, int distinct) {

    /** More than this is never looked at: a longer value is judged by its beginning. */
    private static final int WINDOW = 256;

    static Randomness of(String text, int start, int end) {
        int limit = Math.min(end, start + WINDOW);
        int digits = 0;
        int changes = 0;
        int before = 0;
        long low = 0;
        long high = 0;
        for (int i = start; i < limit; i++) {
            char c = text.charAt(i);
            if (c < 64) {
                low |= 1L << c;
            } else if (c < 128) {
                high |= 1L << (c - 64);
            }
            int kind = kindOf(c);
            if (kind == 0) {
                continue;
            }
            digits += (kind == 3) ? 1 : 0;
            changes += (before != 0 && before != kind) ? 1 : 0;
            before = kind;
        }
        return new Randomness(limit - start, digits, changes, Long.bitCount(low) + Long.bitCount(high));
    }

    private static int kindOf(char c) {
        if (c >= 'a' && c <= 'z') {
            return 1;
        }
        if (c >= 'A' && c <= 'Z') {
            return 2;
        }
        return (c >= '0' && c <= '9') ? 3 : 0;
    }

    boolean looksRandom() {
        if (this.distinct < Math.min(8, this.length)) {
            return false;
        }
        if (this.digits == 0) {
            return this.length >= 32 && this.changes * 3 >= this.length;
        }
        return this.changes >= Math.max(3, this.length / 6);
    }
}
