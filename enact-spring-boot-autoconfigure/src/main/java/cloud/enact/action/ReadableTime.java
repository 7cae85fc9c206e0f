package cloud.enact.action;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them in messages and on pages: to the second, in UTC. */
public final class ReadableTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ReadableTime() {}

    /** A time, without the name of its zone. */
    public static String of(Instant time) {
        return FORMAT.format(time);
    }
}
