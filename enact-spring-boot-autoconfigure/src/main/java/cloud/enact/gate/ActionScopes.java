package cloud.enact.gate;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Which governed action, and which open run, a thread is in. Reactive actions carry their scope in the subscriber's
 * context as well; see {@link ScopeThreadLocalAccessor}.
 */
final class ActionScopes {

    private final ThreadLocal<@Nullable ActionScope> scope = new ThreadLocal<>();

    private final ThreadLocal<@Nullable Run> openRun = new ThreadLocal<>();

    @Nullable
    ActionScope current() {
        return this.scope.get();
    }

    void set(@Nullable ActionScope value) {
        if (value == null) {
            this.scope.remove();
        } else {
            this.scope.set(value);
        }
    }

    /** Enters a scope; close to come back to the one around it. */
    Binding enter(@Nullable ActionScope entered) {
        ActionScope around = this.scope.get();
        set(entered);
        return () -> set(around);
    }

    /** The run of the action around, else the one that is open here; {@code null} where there is neither. */
    @Nullable
    Run run() {
        ActionScope around = current();
        return (around != null) ? around.request().run() : this.openRun.get();
    }

    /** The same, else a new run. */
    Run runOrNew(IdGenerator ids) {
        Run run = run();
        return (run != null) ? run : Run.of(new RunId(ids.next()));
    }

    /** Opens a run on this thread; close to come back to the one around it. */
    Binding open(Run run) {
        Run around = this.openRun.get();
        this.openRun.set(run);
        return () -> {
            if (around == null) {
                this.openRun.remove();
            } else {
                this.openRun.set(around);
            }
        };
    }

    /** Undoes what was bound. */
    interface Binding extends AutoCloseable {

        @Override
        void close();
    }
}
