package cloud.enact.gate;

import cloud.enact.UnknownActionException;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The actions code can run by name: governed bean methods and the allowed operations of connectors. */
final class ActionCatalogue {

    private static final int LISTED_AT_MOST = 20;

    private final ActionDefinitions definitions;

    private final List<Connector> connectors;

    private final StepExecutor steps;

    private final ArgumentBinder binder;

    private final BeanFactory beanFactory;

    ActionCatalogue(
            ActionDefinitions definitions,
            List<Connector> connectors,
            StepExecutor steps,
            ArgumentBinder binder,
            BeanFactory beanFactory) {
        this.definitions = definitions;
        this.connectors = List.copyOf(connectors);
        this.steps = steps;
        this.binder = binder;
        this.beanFactory = beanFactory;
    }

    /**
     * An action ready to stand at the gate.
     *
     * @param definition what it is
     * @param args arguments as policies see them
     * @param target the bean, or {@code null}
     * @param body what it does
     */
    record Prepared(
            ActionDefinition definition,
            Map<String, @Nullable Object> args,
            @Nullable Object target,
            GateCall.Body body) {}

    /**
     * Prepares an action.
     *
     * @throws UnknownActionException when there is none of that name
     * @throws ArgumentException when the arguments are wrong
     */
    Prepared prepare(String action, Map<String, @Nullable Object> args) {
        Method method = this.definitions.method(action);
        if (method != null) {
            return method(method, args);
        }
        for (Connector connector : this.connectors) {
            String prefix = connector.name() + ".";
            if (action.startsWith(prefix) && connector.operations().contains(action.substring(prefix.length()))) {
                return operation(connector, action.substring(prefix.length()), args);
            }
        }
        throw new UnknownActionException(unknown());
    }

    /** Whether an action can be taken back, as far as that is known before it runs; {@code null} for an unknown one. */
    @Nullable
    Reversibility reversibility(String action) {
        ActionDefinition definition = definition(action);
        return (definition != null) ? definition.reversibility() : null;
    }

    /** What is known of an action before its arguments are looked at; {@code null} for an unknown one. */
    @Nullable
    ActionDefinition definition(String action) {
        Method method = this.definitions.method(action);
        if (method != null) {
            return this.definitions.find(method);
        }
        for (Connector connector : this.connectors) {
            String prefix = connector.name() + ".";
            if (action.startsWith(prefix) && connector.operations().contains(action.substring(prefix.length()))) {
                return ActionDefinition.of(action, connector.reversibility(action.substring(prefix.length())));
            }
        }
        return null;
    }

    /** Whether an action does nothing but an operation of a connector. */
    boolean isConnectorOperation(String action) {
        ActionDefinition definition = definition(action);
        return definition != null && definition.method() == null;
    }

    private String unknown() {
        TreeSet<String> known = new TreeSet<>(this.definitions.names());
        known.remove(EnactCanary.NAME);
        for (Connector connector : this.connectors) {
            connector.operations().forEach(operation -> known.add(connector.name() + "." + operation));
        }
        if (known.isEmpty()) {
            return "There is no action of this name; no actions are registered."
                    + " Annotate a bean method with @EnactAction.";
        }
        List<String> listed = new ArrayList<>(known).subList(0, Math.min(LISTED_AT_MOST, known.size()));
        return "There is no action of this name. Registered actions: " + String.join(", ", listed)
                + ((known.size() > LISTED_AT_MOST) ? ", …" : ".");
    }

    private Prepared method(Method method, Map<String, @Nullable Object> args) {
        ActionDefinition definition = this.definitions.find(method);
        if (definition == null) {
            throw new UnknownActionException(unknown());
        }
        Object bean = bean(method, definition);
        @Nullable Object[] bound = this.binder.bind(method, args, true);
        return new Prepared(
                definition,
                this.binder.describe(method, bound),
                bean,
                () -> settled(BeanMethods.invoke(method, bean, bound)));
    }

    private Object bean(Method method, ActionDefinition definition) {
        try {
            return this.beanFactory.getBean(method.getDeclaringClass());
        } catch (NoSuchBeanDefinitionException ex) {
            throw new UnknownActionException("Action '" + definition.name() + "' can't be run by name: there is "
                    + ((ex instanceof NoUniqueBeanDefinitionException) ? "more than one" : "no") + " bean of type "
                    + method.getDeclaringClass().getName() + ".");
        }
    }

    private Prepared operation(Connector connector, String operation, Map<String, @Nullable Object> args) {
        StepOperation step;
        try {
            step = connector.prepare(operation, args);
        } catch (IllegalArgumentException ex) {
            throw new ArgumentException(String.valueOf(ex.getMessage()));
        }
        return new Prepared(
                ActionDefinition.of(step.action(), step.reversibility()),
                step.args(),
                null,
                () -> this.steps.perform(step).output());
    }

    /** Code that runs an action by name wants its value, not a promise of it. */
    private static @Nullable Object settled(@Nullable Object value) throws Throwable {
        if (value instanceof Mono<?> mono) {
            return mono.block();
        }
        if (value instanceof Flux<?> flux) {
            return flux.collectList().block();
        }
        if (value instanceof CompletionStage<?> stage) {
            try {
                return stage.toCompletableFuture().join();
            } catch (CompletionException ex) {
                throw (ex.getCause() != null) ? ex.getCause() : ex;
            }
        }
        return value;
    }
}
