package cloud.enact.gate;

import cloud.enact.action.Arguments;
import cloud.enact.policy.EnactMode;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.Capture;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the {@code capture} method that an action names, before and after it, and writes the undo log. */
final class InverseCapture {

    private static final FailureLog failures = new FailureLog(InverseCapture.class);

    static final String CONNECTOR = UndoRecord.METHOD;

    private final UndoLog undoLog;

    private final ArgumentBinder binder;

    private final EnactMode mode;

    private final GateState state;

    InverseCapture(UndoLog undoLog, ArgumentBinder binder, EnactMode mode, GateState state) {
        this.undoLog = undoLog;
        this.binder = binder;
        this.mode = mode;
        this.state = state;
    }

    /** Captures, durably, what the call is about to change; {@code null} for an action that names no inverse. */
    @Nullable
    Captured capture(GateCall call, ActionScope scope) {
        ActionDefinition.Inverse inverse = call.definition().inverse();
        Object target = call.target();
        if (inverse == null || target == null) {
            return null;
        }
        try {
            return begin(inverse, target, scope);
        } catch (Throwable ex) {
            // the capture method is the application's own, and may fail with anything
            if (this.mode == EnactMode.ENFORCE) {
                throw new FailedException(
                        "What the action is about to change could not be captured ("
                                + ex.getClass().getSimpleName() + "), so it was not executed.",
                        ex);
            }
            String what = "What action " + call.definition().name() + " changes could not be captured";
            failures.error(what, ex);
            this.state.failedOpen(what);
            return null;
        }
    }

    /** What is there now, as its capture method tells, for people to decide on; {@code null} when nobody can tell. */
    @Nullable
    Object look(GateCall call, ActionScope scope) {
        ActionDefinition.Inverse inverse = call.definition().inverse();
        Object target = call.target();
        if (inverse == null || inverse.capture() == null || target == null) {
            return null;
        }
        try {
            return snapshot(inverse.capture(), target, scope.request().args());
        } catch (Exception ex) {
            throw new IllegalStateException(
                    "What action " + call.definition().name() + " is about to change can't be looked at", ex);
        }
    }

    private Captured begin(ActionDefinition.Inverse inverse, Object target, ActionScope scope) throws Exception {
        Map<String, @Nullable Object> args = scope.request().args();
        Map<String, @Nullable Object> before = snapshot(inverse.capture(), target, args);
        Method undo = inverse.undo();
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("bean", undo.getDeclaringClass().getName());
        identity.put("undo", undo.getName());
        identity.put("capture", (inverse.capture() != null) ? inverse.capture().getName() : null);
        identity.put("args", args);
        UndoRecord record = this.undoLog
                .about(scope.request())
                .begin(
                        scope.request().run().id(),
                        scope.request().actionId(),
                        CONNECTOR,
                        scope.definition().name(),
                        identity,
                        scope.definition().reversibility(),
                        new Capture(new PreState(before), new Fingerprint(Map.of())));
        return new Captured(record, inverse, target, scope);
    }

    private Map<String, @Nullable Object> snapshot(
            @Nullable Method capture, Object target, Map<String, @Nullable Object> args) throws Exception {
        if (capture == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> captured = new LinkedHashMap<>();
        captured.put("captured", this.binder.captured(capture, target, args));
        return Arguments.freeze(captured);
    }

    /** What the action is about to change could not be captured. */
    static final class FailedException extends RuntimeException {

        private FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A captured action that is about to run. */
    final class Captured {

        private final UndoRecord record;

        private final ActionDefinition.Inverse inverse;

        private final Object target;

        private final ActionScope scope;

        private Captured(UndoRecord record, ActionDefinition.Inverse inverse, Object target, ActionScope scope) {
            this.record = record;
            this.inverse = inverse;
            this.target = target;
            this.scope = scope;
        }

        /** Writes what the action returned and left behind. It has happened: nothing here may throw. */
        void succeeded(@Nullable Object result) {
            end(UndoRecord.State.DONE, result);
        }

        /** Writes what the action left behind when it threw. */
        void failed() {
            end(UndoRecord.State.FAILED, null);
        }

        private void end(UndoRecord.State end, @Nullable Object result) {
            try {
                Map<String, @Nullable Object> after = new LinkedHashMap<>(snapshot(
                        this.inverse.capture(),
                        this.target,
                        this.scope.request().args()));
                after.put("result", InverseCapture.this.binder.describe(result));
                InverseCapture.this.undoLog.end(this.record.position(), end, new Fingerprint(after));
            } catch (Throwable ex) {
                String what = "What action " + this.scope.request().action() + " left behind could not be recorded";
                failures.error(what, ex);
                InverseCapture.this.state.unrecorded(what);
            }
            this.scope.add(new ActionStep(
                    this.scope.request().action(),
                    end == UndoRecord.State.DONE,
                    Map.of(),
                    null,
                    this.record.reversibility(),
                    this.record.position(),
                    this.record.digest()));
        }
    }
}
