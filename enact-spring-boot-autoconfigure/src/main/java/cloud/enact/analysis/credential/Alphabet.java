package cloud.enact.analysis.credential;

/** The characters a token may be made of. */
enum Alphabet {
    UPPER("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    HEX("0123456789abcdef"),
    ALNUM("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
    WORD(ALNUM, "_"),
    URL(ALNUM, "_-"),
    URL_DOT(ALNUM, "_-."),
    URL_PADDED(ALNUM, "_-="),
    BASE64(ALNUM, "+/=");

    private final long low;

    private final long high;

    Alphabet(String characters) {
        this(0, 0, characters);
    }

    Alphabet(Alphabet base, String more) {
        this(base.low, base.high, more);
    }

    Alphabet(long baseLow, long baseHigh, String characters) {
        long lowBits = baseLow;
        long highBits = baseHigh;
        for (char c : characters.toCharArray()) {
            if (c < 64) {
                lowBits |= 1L << c;
            } else {
                highBits |= 1L << (c - 64);
            }
        }
        this.low = lowBits;
        this.high = highBits;
    }

    boolean has(char c) {
        return (c < 64) ? (this.low >>> c & 1) != 0 : c < 128 && (this.high >>> (c - 64) & 1) != 0;
    }

    /** Returns the index after the run of these characters that starts at {@code from}. */
    int end(String text, int from, int limit) {
        int at = from;
        while (at < limit && has(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
