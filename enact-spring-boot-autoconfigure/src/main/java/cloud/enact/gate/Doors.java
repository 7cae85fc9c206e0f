package cloud.enact.gate;

import cloud.enact.action.Run;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all doors for methods share: arguments are detached and described, then the call stands at the gate. */
final class Doors {

    private final ActionGate gate;

    private final ActionDefinitions definitions;

    private final ArgumentBinder binder;

    private final AsyncResults results;

    Doors(ActionGate gate, ActionDefinitions definitions, ArgumentBinder binder, AsyncResults results) {
        this.gate = gate;
        this.definitions = definitions;
        this.binder = binder;
        this.results = results;
    }

    /** Brings a method call to the gate; a method that is not governed just proceeds. */
    @Nullable
    Object method(
            Method method, @Nullable Object target, @Nullable Object[] arguments, Door door, Proceeding proceeding)
            throws Throwable {
        ActionDefinition definition = this.definitions.find(method);
        if (definition == null) {
            return proceeding.with(arguments);
        }
        @Nullable Object[] detached = this.binder.detach(arguments);
        GateCall call = new GateCall(
                definition,
                this.binder.describe(method, detached),
                Set.of(),
                List.of(),
                target,
                (Run) null,
                null,
                door,
                () -> proceeding.with(detached));
        Class<?> returnType = method.getReturnType();
        if (AsyncResults.happensOnSubscription(returnType)) {
            // described anew: an object may have changed until somebody subscribes
            return this.results.onSubscription(
                    returnType, call, asked -> this.gate.call(asked.with(this.binder.describe(method, detached))));
        }
        return this.gate.call(call);
    }

    /** Goes on to the method with these arguments. */
    @FunctionalInterface
    interface Proceeding {

        @Nullable
        Object with(@Nullable Object[] arguments) throws Throwable;
    }
}
