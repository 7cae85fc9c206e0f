package cloud.enact.hook;

import cloud.enact.action.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were judged and whose outcome nobody has told yet, the oldest first. Bounded in number, in characters and
 * in time: what it gives up it hands out, and remembers for a while that it was there. Thread-safe.
 */
final class OpenCalls {

    private static final int MOST_OVER = 10_000;

    private final int most;

    private final long mostCharacters;

    private final Duration patience;

    private final Map<CallKey, OpenCall> open = new LinkedHashMap<>();

    /** Digests of the tools of calls that are over, so that no command is kept for them. */
    private final Map<CallKey, String> over = new LinkedHashMap<>() {

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallKey, String> eldest) {
            return size() > MOST_OVER;
        }
    };

    private long characters;

    /**
     * Creates the list.
     *
     * @param most calls
     * @param mostCharacters characters in the arguments of all calls
     * @param patience how long an outcome is waited for
     */
    OpenCalls(int most, long mostCharacters, Duration patience) {
        this.most = most;
        this.mostCharacters = mostCharacters;
        this.patience = patience;
    }

    /**
     * Adds a call.
     *
     * @return what had to go for it, with a call of the same key
     */
    synchronized List<OpenCall> open(OpenCall call) {
        List<OpenCall> gone = new ArrayList<>(0);
        OpenCall before = remove(call.key());
        if (before != null) {
            gone.add(before);
        }
        this.over.remove(call.key());
        this.open.put(call.key(), call);
        this.characters += call.characters();
        Iterator<OpenCall> oldest = this.open.values().iterator();
        while ((this.open.size() > this.most || this.characters > this.mostCharacters) && this.open.size() > 1) {
            OpenCall given = oldest.next();
            oldest.remove();
            giveUp(given);
            gone.add(given);
        }
        return gone;
    }

    /** Takes a call out, or returns {@code null} when it is not there. */
    synchronized @Nullable OpenCall close(CallKey key) {
        OpenCall call = remove(key);
        if (call != null) {
            this.over.put(key, digest(call.tool()));
        }
        return call;
    }

    /** Whether that very call was there, and was told or given up. */
    synchronized boolean isOver(CallKey key, @Nullable AgentTool tool) {
        return tool != null && digest(tool).equals(this.over.get(key));
    }

    private static String digest(AgentTool tool) {
        return Sha256.hex(tool.toString());
    }

    /** The newest such call, or {@code null}. */
    synchronized @Nullable OpenCall newest(Predicate<OpenCall> wanted) {
        OpenCall newest = null;
        for (OpenCall call : this.open.values()) {
            newest = wanted.test(call) ? call : newest;
        }
        return newest;
    }

    /** Gives up what is waited for longer than is patient. */
    synchronized List<OpenCall> overdue(Instant now) {
        Instant before = now.minus(this.patience);
        List<OpenCall> gone = new ArrayList<>(0);
        Iterator<OpenCall> oldest = this.open.values().iterator();
        while (oldest.hasNext()) {
            OpenCall call = oldest.next();
            if (!call.since().isBefore(before)) {
                break;
            }
            oldest.remove();
            giveUp(call);
            gone.add(call);
        }
        return gone;
    }

    /** Gives up some calls. */
    synchronized List<OpenCall> giveUp(Predicate<OpenCall> which) {
        List<OpenCall> gone =
                new ArrayList<>(this.open.values().stream().filter(which).toList());
        for (OpenCall call : gone) {
            this.open.remove(call.key());
            giveUp(call);
        }
        return gone;
    }

    private void giveUp(OpenCall call) {
        this.characters -= call.characters();
        this.over.put(call.key(), digest(call.tool()));
    }

    private @Nullable OpenCall remove(CallKey key) {
        OpenCall call = this.open.remove(key);
        if (call != null) {
            this.characters -= call.characters();
        }
        return call;
    }
}
