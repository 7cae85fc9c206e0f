package cloud.enact.gate;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Takes back actions that name their inverse. Where the action names a capture method too, it is called again to see
 * whether somebody changed the same thing since; without one there is nothing to compare with.
 */
final class MethodUndo implements StepUndo {

    private static final FailureLog failures = new FailureLog(MethodUndo.class);

    private final ActionDefinitions definitions;

    private final ArgumentBinder binder;

    private final BeanFactory beanFactory;

    MethodUndo(ActionDefinitions definitions, ArgumentBinder binder, BeanFactory beanFactory) {
        this.definitions = definitions;
        this.binder = binder;
        this.beanFactory = beanFactory;
    }

    @Override
    public String connector() {
        return InverseCapture.CONNECTOR;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        // what undoing the newer steps will have left, by what the capture method was asked for
        Map<Object, @Nullable Object> undone = new HashMap<>();
        return newestFirst.stream().map(record -> judge(record, undone)).toList();
    }

    private StepRestoration judge(UndoRecord record, Map<Object, @Nullable Object> undone) {
        try {
            Inverse inverse = inverse(record);
            Object question = inverse.question(record);
            Object current = undone.containsKey(question) ? undone.get(question) : inverse.current(record);
            StepRestoration answer = judge(record, inverse, current);
            if (record.before().values().containsKey("captured")) {
                undone.put(question, record.before().values().get("captured"));
            }
            return answer;
        } catch (UnreachableException ex) {
            return StepRestoration.of(record, Restoration.FAILED, String.valueOf(ex.getMessage()));
        } catch (Throwable ex) {
            failures.error("The state of action " + record.operation() + " could not be read", ex);
            return StepRestoration.of(
                    record,
                    Restoration.FAILED,
                    "Its capture method failed with " + ex.getClass().getSimpleName() + ".");
        }
    }

    private static StepRestoration judge(UndoRecord record, Inverse inverse, @Nullable Object current) {
        if (inverse.capture() == null) {
            return record.state() == UndoRecord.State.DONE
                    ? StepRestoration.of(record, Restoration.RESTORED, "Its undo method takes it back.")
                    : StepRestoration.of(
                            record,
                            Restoration.PENDING,
                            "Nobody knows whether the action took effect, and it names no capture method to look."
                                    + " Look yourself, and force this step if it did.");
        }
        if (Objects.equals(current, record.before().values().get("captured"))) {
            return StepRestoration.of(record, Restoration.ALREADY_RESTORED, "The old state is there.");
        }
        if (record.fingerprint().values().containsKey("captured")
                && Objects.equals(current, record.fingerprint().values().get("captured"))) {
            return StepRestoration.of(record, Restoration.RESTORED, "Its undo method brings the old state back.");
        }
        return StepRestoration.of(
                record,
                Restoration.CONFLICT,
                "What it changed was changed again since. Look at it, then skip or force this step.");
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        try {
            Inverse inverse = inverse(record);
            StepRestoration judged = judge(record, inverse, inverse.current(record));
            boolean forced = force
                    && (judged.restoration() == Restoration.CONFLICT || judged.restoration() == Restoration.PENDING);
            if (judged.restoration() != Restoration.RESTORED && !forced) {
                return judged;
            }
            inverse.undo(record);
            return verified(record, inverse);
        } catch (UnreachableException ex) {
            return StepRestoration.of(record, Restoration.FAILED, String.valueOf(ex.getMessage()));
        } catch (Throwable ex) {
            failures.error("Undo of action " + record.operation() + " failed", ex);
            return StepRestoration.of(
                    record,
                    Restoration.FAILED,
                    "Its undo method failed with " + ex.getClass().getSimpleName() + ". Try again.");
        }
    }

    /** An undo method that needs nothing but a captured state brings back any state that was captured. */
    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) throws Exception {
        Inverse inverse = inverse(record);
        if (!inverse.bringsBackAnyState()) {
            return null;
        }
        return new StepReversal(
                record.operation(),
                record.args(),
                Reversibility.REVERSIBLE,
                new Capture(
                        new PreState(captured(inverse.current(record))),
                        new Fingerprint(captured(record.before().values().get("captured")))));
    }

    private static Map<String, @Nullable Object> captured(@Nullable Object state) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("captured", state);
        return values;
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        Inverse first = inverse(newer);
        Inverse second = inverse(older);
        // without a capture method nobody knows what a step changed
        return first.capture() == null
                || second.capture() == null
                || first.question(newer).equals(second.question(older));
    }

    private static StepRestoration verified(UndoRecord record, Inverse inverse) throws Exception {
        if (inverse.capture() == null) {
            return StepRestoration.of(record, Restoration.RESTORED, "Its undo method took it back.")
                    .unverified();
        }
        if (Objects.equals(inverse.current(record), record.before().values().get("captured"))) {
            return StepRestoration.of(record, Restoration.RESTORED, "Its undo method took it back.");
        }
        return StepRestoration.of(
                record,
                Restoration.FAILED,
                "Its undo method ran, but what its capture method finds is not the old state.");
    }

    private Inverse inverse(UndoRecord record) {
        Method method = this.definitions.method(record.operation());
        ActionDefinition definition = (method != null) ? this.definitions.find(method) : null;
        if (method == null || definition == null || definition.inverse() == null) {
            throw new UnreachableException("This application has no action '" + record.operation()
                    + "' that names an undo method. Roll back from the application that ran it.");
        }
        if (this.beanFactory instanceof ListableBeanFactory beans && several(beans, method.getDeclaringClass())) {
            throw new UnreachableException("There are several beans of type "
                    + method.getDeclaringClass().getName() + ", and nobody knows on which of them the action ran.");
        }
        Object bean;
        try {
            bean = this.beanFactory.getBean(method.getDeclaringClass());
        } catch (BeansException ex) {
            throw new UnreachableException("There is no single bean of type "
                    + method.getDeclaringClass().getName() + " whose undo method could be called.");
        }
        return new Inverse(definition.inverse().capture(), definition.inverse().undo(), bean, this.binder);
    }

    private static boolean several(ListableBeanFactory beans, Class<?> type) {
        return Arrays.stream(beans.getBeanNamesForType(type, true, false))
                        .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
                        .count()
                > 1;
    }

    /** Something is missing that undo needs; the message says what. */
    private static final class UnreachableException extends RuntimeException {

        private UnreachableException(String message) {
            super(message);
        }
    }

    private record Inverse(@Nullable Method capture, Method method, Object bean, ArgumentBinder binder) {

        /** What the capture method is asked: two steps with the same question change the same thing. */
        Object question(UndoRecord record) {
            if (this.capture == null) {
                return record.position();
            }
            Map<String, @Nullable Object> asked = new HashMap<>(args(record));
            asked.keySet().retainAll(ArgumentBinder.names(this.capture));
            return List.of(this.capture, asked);
        }

        boolean bringsBackAnyState() {
            Collection<String> needed = ArgumentBinder.names(this.method);
            return this.capture != null && needed.contains("captured") && !needed.contains("result");
        }

        @Nullable
        Object current(UndoRecord record) throws Exception {
            return (this.capture != null) ? this.binder.captured(this.capture, this.bean, args(record)) : null;
        }

        void undo(UndoRecord record) throws Exception {
            Map<String, @Nullable Object> args = new LinkedHashMap<>(args(record));
            args.put("result", record.fingerprint().values().get("result"));
            args.put("captured", record.before().values().get("captured"));
            this.binder.invoke(this.method, this.bean, args);
        }

        @SuppressWarnings("unchecked")
        private static Map<String, @Nullable Object> args(UndoRecord record) {
            return (record.args().get("args") instanceof Map<?, ?> args)
                    ? (Map<String, @Nullable Object>) args
                    : Map.of();
        }
    }
}
