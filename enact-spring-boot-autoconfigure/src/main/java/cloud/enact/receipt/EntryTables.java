package cloud.enact.receipt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What tables of entries have in common, whichever database they are in. */
public final class EntryTables {

    /** Bytes beyond every entry that was ever written: what is larger was blown up, and is not brought into memory. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private EntryTables() {}

    /**
     * A time as a column keeps it.
     *
     * @return microseconds since 1970, negative before; what is less than one is cut off
     * @throws ArithmeticException when they are more than a {@code long} holds
     */
    public static long micros(Instant instant) {
        // not ChronoUnit.MICROS.between: that counts nanoseconds on the way, of which 300 years are too many
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    /** The time that {@link #micros} made into a number. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
