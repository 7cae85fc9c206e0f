package cloud.enact.doubles.slack;

import java.util.Locale;

/** Gives each message its time, which is also its name. Guarded by its workspace. */
final class SlackClock {

    private long seconds = 1_700_000_000;

    String next() {
        this.seconds++;
        return String.format(Locale.ROOT, "%d.%06d", this.seconds, this.seconds % 1000);
    }
}
