package cloud.enact.gate;

import cloud.enact.action.Run;
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

    @Nullable
    Run openRun() {
        return this.openRun.get();
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
