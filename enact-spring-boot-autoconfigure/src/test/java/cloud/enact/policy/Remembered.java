package cloud.enact.policy;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A past for tests; all of it in one run. */
public final class Remembered implements ActionHistory {

    private final @Nullable List<EarlierAction> actions;

    public Remembered(List<EarlierAction> actions) {
        this.actions = actions;
    }

    private Remembered() {
        this.actions = null;
    }

    /** A past that nobody can read. */
    public static Remembered broken() {
        return new Remembered();
    }

    @Override
    public List<EarlierAction> ofRun(RunId run) {
        return actions();
    }

    @Override
    public List<EarlierAction> since(String action, Instant since) {
        return actions().stream()
                .filter(earlier -> earlier.action().equals(action))
                .filter(earlier -> !earlier.timestamp().isBefore(since))
                .toList();
    }

    private List<EarlierAction> actions() {
        if (this.actions == null) {
            throw new IllegalStateException("The store is gone");
        }
        return this.actions;
    }
}
