package cloud.enact.api;

import cloud.enact.replay.ReplayTimes;
import java.time.Instant;

/** Reads times that somebody sent. */
final class Times {

    private static final int LONGEST = 64;

    private Times() {}

    static Instant read(Members members, String name, Instant defaults) {
        String text = members.optionalText(name, LONGEST);
        if (text == null) {
            return defaults;
        }
        return ReplayTimes.time(text)
                .orElseThrow(() -> ApiException.malformed(
                        "'" + members.place(name) + "' is no time.", "Write it as 2026-11-20T12:00:00Z."));
    }

    /** A time, or how long ago. */
    static Instant readSince(Members members, String name, Instant now) {
        return ReplayTimes.since(members.optionalText(name, LONGEST), now)
                .orElseThrow(() -> ApiException.malformed(
                        "'" + members.place(name) + "' is neither a time nor a number of days or hours.",
                        "Write it as 2026-11-20T12:00:00Z or as 30d."));
    }
}
