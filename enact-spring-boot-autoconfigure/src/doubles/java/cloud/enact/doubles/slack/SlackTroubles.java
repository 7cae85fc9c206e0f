package cloud.enact.doubles.slack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes wrong with the next requests. Thread-safe. */
final class SlackTroubles {

    private final Map<String, Deque<SlackFault>> faults = new HashMap<>();

    private final Map<String, Integer> limits = new HashMap<>();

    private boolean down;

    synchronized void fault(String method, SlackFault fault) {
        this.faults.computeIfAbsent(method, key -> new ArrayDeque<>()).add(fault);
    }

    synchronized void rateLimit(String method, int retryAfter) {
        this.limits.put(method, retryAfter);
    }

    synchronized void down(boolean down) {
        this.down = down;
    }

    synchronized @Nullable SlackFault next(String method) {
        if (this.down) {
            return SlackFault.DROP_REQUEST;
        }
        Deque<SlackFault> waiting = this.faults.get(method);
        return (waiting != null) ? waiting.poll() : null;
    }

    synchronized @Nullable Integer retryAfter(String method) {
        return this.limits.remove(method);
    }
}
