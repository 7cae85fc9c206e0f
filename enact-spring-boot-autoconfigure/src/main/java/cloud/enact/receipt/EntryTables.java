package cloud.enact.receipt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What tables of entries have in common, whichever database they are in. */
public final class EntryTables {

    /** Bytes beyond every entry that was ever written: what is larger was blown up, and is not brought into memory. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Beyond every time of a receipt, whose year has four digits. */
    private static final long MAX_SECONDS = 1L << 40;

    private EntryTables() {}

    /**
     * A time as a column keeps it.
     *
     * @return microseconds since 1970, negative before; what is less than one is cut off;
     *     or, for a time that no receipt can have, more or less than for all that can
     */
    public static long micros(Instant instant) {
        if (Math.abs(instant.getEpochSecond()) > MAX_SECONDS) {
            return (instant.getEpochSecond() > 0) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        // not ChronoUnit.MICROS.between: that counts nanoseconds on the way, of which 300 years are too many
        return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1000;
    }

    /** The time that {@link #micros} made into a number. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
