package cloud.enact.cli;

import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ReplayTimes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which recorded calls are looked at. */
final class ReplayOptions {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Calls from this time on, or from so long ago: 30d, 12h (default: 30d).")
    private @Nullable String since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + PolicyReplay.DEFAULT_CALLS,
            description = "Looks at the newest N calls (default: ${DEFAULT-VALUE}).")
    private int limit;

    /** The time from which on. */
    Instant since(Instant now) {
        return ReplayTimes.since(this.since, now)
                .orElseThrow(() -> new CommandException("--since is a time such as 2026-11-20T12:00:00Z, or 30d"));
    }

    /** How many at most. */
    int limit() {
        if (this.limit < 1 || this.limit > PolicyReplay.MOST_CALLS) {
            throw new CommandException("--limit is a number from 1 to " + PolicyReplay.MOST_CALLS);
        }
        return this.limit;
    }
}
