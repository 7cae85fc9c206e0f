package cloud.enact.gate;

import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Receipt;
import cloud.enact.undo.FailureLog;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the observers of one call about it; none of them can change what becomes of it. Thread-safe. */
final class WatchedCall implements ActionGate.ReceiptListener {

    private static final FailureLog failures = new FailureLog(WatchedCall.class);

    private final ActionGate.ReceiptListener listener;

    private final List<CallObserver.ObservedCall> observed;

    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile boolean begun;

    /** While it is the current call of the thread that made it, its end waits. */
    private boolean inside;

    private @Nullable Runnable waitingEnd;

    private WatchedCall(ActionGate.ReceiptListener listener, List<CallObserver.ObservedCall> observed) {
        this.listener = listener;
        this.observed = observed;
    }

    static WatchedCall begin(
            List<CallObserver> observers, GateCall call, EnactMode mode, ActionGate.ReceiptListener listener) {
        if (observers.isEmpty()) {
            return new WatchedCall(listener, List.of());
        }
        String action = call.objections().contains(ToolGate.unknownTool())
                ? null
                : call.definition().name();
        return new WatchedCall(
                listener,
                observers.stream()
                        .map(observer -> begin(observer, action, mode))
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static CallObserver.@Nullable ObservedCall begin(
            CallObserver observer, @Nullable String action, EnactMode mode) {
        try {
            return observer.begin(action, mode);
        } catch (RuntimeException ex) {
            failures.error("A call is not observed", ex);
            return null;
        }
    }

    /** Makes it the current call of this thread, until what comes back is run. */
    Runnable enter() {
        if (this.observed.isEmpty()) {
            return () -> {};
        }
        synchronized (this) {
            this.inside = true;
        }
        CallObserver.Current[] entered = new CallObserver.Current[this.observed.size()];
        for (int i = 0; i < entered.length; i++) {
            int place = i;
            tell(this.observed.get(i), call -> entered[place] = call.enter());
        }
        return () -> leave(entered);
    }

    private void leave(CallObserver.Current[] entered) {
        for (int i = entered.length - 1; i >= 0; i--) {
            CallObserver.Current current = entered[i];
            if (current != null) {
                tell(this.observed.get(i), call -> current.close());
            }
        }
        Runnable end;
        synchronized (this) {
            this.inside = false;
            end = this.waitingEnd;
        }
        if (end != null) {
            end.run();
        }
    }

    @Override
    public void decided(Decision decision) {
        this.listener.decided(decision);
        tell(call -> call.decided(decision));
    }

    @Override
    public void appended(Receipt receipt) {
        this.listener.appended(receipt);
        tell(call -> call.recorded(receipt));
    }

    @Override
    public void begins() {
        this.listener.begins();
        this.begun = true;
    }

    @Override
    public void ended(String status, @Nullable Throwable error) {
        this.listener.ended(status, error);
        end(
                switch (status) {
                    case "SUCCEEDED" -> CallObserver.Ending.SUCCEEDED;
                    case "FAILED" -> CallObserver.Ending.FAILED;
                    default -> CallObserver.Ending.UNKNOWN;
                },
                error);
    }

    /** The call ended in an exception. Where the action was let through its outcome counts, which may come later. */
    void threw(Throwable error) {
        if (this.begun) {
            return;
        }
        boolean blocked = error instanceof ActionBlockedException;
        end(blocked ? CallObserver.Ending.BLOCKED : CallObserver.Ending.FAILED, blocked ? null : error);
    }

    private void end(CallObserver.Ending ending, @Nullable Throwable error) {
        if (!this.ended.compareAndSet(false, true)) {
            return;
        }
        Runnable end = () -> tell(call -> call.ended(ending, error));
        synchronized (this) {
            if (this.inside) {
                this.waitingEnd = end;
                return;
            }
        }
        end.run();
    }

    private void tell(Consumer<CallObserver.ObservedCall> what) {
        this.observed.forEach(call -> tell(call, what));
    }

    private static void tell(CallObserver.ObservedCall call, Consumer<CallObserver.ObservedCall> what) {
        try {
            what.accept(call);
        } catch (RuntimeException ex) {
            failures.error("An observer of a call failed; the call itself is not concerned", ex);
        }
    }
}
