package cloud.enact.receipt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a log was at a moment, and since when it is longer. Thread-safe. */
final class LogMark {

    private final long size;

    private final Instant taken;

    private volatile @Nullable Instant outgrown;

    LogMark(long size, Instant taken) {
        this.size = size;
        this.taken = taken;
    }

    long size() {
        return this.size;
    }

    boolean isOutgrown() {
        return this.outgrown != null;
    }

    void outgrown(Instant now) {
        this.outgrown = now;
    }

    /** Since when a log of this many entries has some behind the mark; {@code null} when it has none. */
    @Nullable
    Instant exposedSince(long entries) {
        if (entries <= this.size) {
            return null;
        }
        Instant since = this.outgrown;
        return (since != null) ? since : this.taken;
    }
}
