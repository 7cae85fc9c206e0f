package cloud.enact.gate;

import cloud.enact.action.ActionOutcome;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What has to be written when an action ends, however and on whatever thread it ends; the first ending counts. */
final class Consequence {

    private final InverseCapture.@Nullable Captured captured;

    private final Outcomes.Pending pending;

    private final AtomicBoolean ended = new AtomicBoolean();

    Consequence(InverseCapture.@Nullable Captured captured, Outcomes.Pending pending) {
        this.captured = captured;
        this.pending = pending;
    }

    void succeeded(@Nullable Object value) {
        if (this.ended.compareAndSet(false, true)) {
            // before anybody looks at what the action left behind
            this.pending.flush();
            if (this.captured != null) {
                this.captured.succeeded(value);
            }
            this.pending.end(new ActionOutcome.Succeeded(value));
        }
    }

    void failed(Throwable error) {
        if (this.ended.compareAndSet(false, true)) {
            if (this.captured != null) {
                this.captured.failed();
            }
            this.pending.end(new ActionOutcome.Failed(error));
        }
    }

    void unknown(String reason) {
        if (this.ended.compareAndSet(false, true)) {
            if (this.captured != null) {
                this.captured.failed();
            }
            this.pending.end(new ActionOutcome.Unknown(reason));
        }
    }
}
