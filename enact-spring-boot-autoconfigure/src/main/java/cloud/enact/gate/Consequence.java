package cloud.enact.gate;

import cloud.enact.action.ActionOutcome;
import cloud.enact.undo.FailureLog;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What has to be written when an action ends, however and on whatever thread it ends; the first ending counts. */
final class Consequence {

    private static final FailureLog logger = new FailureLog(Consequence.class);

    private final ActionScopes scopes;

    private final ActionScope scope;

    private final InverseCapture.@Nullable Captured captured;

    private final Outcomes.Pending pending;

    private final AtomicBoolean ended = new AtomicBoolean();

    Consequence(
            ActionScopes scopes,
            ActionScope scope,
            InverseCapture.@Nullable Captured captured,
            Outcomes.Pending pending) {
        this.scopes = scopes;
        this.scope = scope;
        this.captured = captured;
        this.pending = pending;
    }

    void succeeded(@Nullable Object value) {
        if (this.ended.compareAndSet(false, true)) {
            finish(true);
            if (this.captured != null) {
                this.captured.succeeded(value);
            }
            this.pending.end(new ActionOutcome.Succeeded(value));
        }
    }

    void failed(Throwable error) {
        if (this.ended.compareAndSet(false, true)) {
            finish(false);
            if (this.captured != null) {
                this.captured.failed();
            }
            this.pending.end(new ActionOutcome.Failed(error));
        }
    }

    void unknown(String reason) {
        if (this.ended.compareAndSet(false, true)) {
            finish(false);
            if (this.captured != null) {
                this.captured.failed();
            }
            this.pending.end(new ActionOutcome.Unknown(reason));
        }
    }

    /** Lets the last of its work happen inside the action, before anybody looks at what it left behind. */
    private void finish(boolean flush) {
        try (ActionScopes.Binding binding = this.scopes.enter(this.scope)) {
            if (flush) {
                this.pending.flush();
            }
            for (Runnable work = this.scope.nextBeforeEnd(); work != null; work = this.scope.nextBeforeEnd()) {
                try {
                    work.run();
                } catch (RuntimeException ex) {
                    logger.error("What is left to do for action " + this.scope.name() + " failed", ex);
                }
            }
        }
    }
}
