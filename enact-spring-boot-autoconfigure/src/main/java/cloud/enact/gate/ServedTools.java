package cloud.enact.gate;

import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The door for tools that are served to callers outside of the application and are no tool callbacks. Thread-safe. */
public final class ServedTools {

    private final ToolGate tools;

    private final AsyncResults results;

    ServedTools(ToolGate tools, AsyncResults results) {
        this.tools = tools;
        this.results = results;
    }

    /** Who asks, as this thread knows. */
    public Supplier<Actor> asking() {
        return this.tools.asking(Map.of());
    }

    /** Goes on with who asks, as the subscriber's context knows or else this thread. */
    public <T> Mono<T> asking(Function<Supplier<Actor>, Mono<T>> next) {
        Asking here = this.tools.asking(Map.of());
        return Mono.deferContextual(
                context -> this.results.asking(context).defaultIfEmpty(here).flatMap(next));
    }

    /**
     * Brings a call to the gate.
     *
     * @param args what the caller sent
     * @param body gets exactly the arguments that were judged
     * @return what the body returned
     * @throws ActionBlockedException when the call must not happen
     * @throws Throwable whatever the body throws
     */
    public @Nullable Object call(
            ServedTool tool, @Nullable Map<String, ? extends @Nullable Object> args, ServedCall served, Body<?> body)
            throws Throwable {
        AtomicBoolean entered = new AtomicBoolean();
        GateCall call = gateCall(tool, args, served, body, entered);
        return call(this.tools.gate(), call, served, entered::get);
    }

    /** The same for a body whose result is not there yet, on threads that may wait. */
    public <T> Mono<T> callAsync(
            ServedTool tool,
            @Nullable Map<String, ? extends @Nullable Object> args,
            ServedCall served,
            Body<Mono<T>> body) {
        return Mono.defer(() -> {
            AtomicBoolean entered = new AtomicBoolean();
            GateCall call = gateCall(tool, args, served, body, entered);
            Mono<T> first = judged(call);
            return first.onErrorResume(
                    ApprovalRequiredException.class, asked -> invited(asked, call, served, entered::get));
        });
    }

    private <T> Mono<T> invited(
            ApprovalRequiredException asked, GateCall call, ServedCall served, BooleanSupplier entered) {
        // not fromCallable: where that fails, Reactor may interrupt the thread that answers the caller
        Mono<T> next = Mono.defer(
                () -> (!entered.getAsBoolean() && served.pending(asked)) ? judged(call) : Mono.<T>error(asked));
        return Schedulers.isInNonBlockingThread() ? next.subscribeOn(Schedulers.boundedElastic()) : next;
    }

    @SuppressWarnings("unchecked") // the body's own
    private <T> Mono<T> judged(GateCall call) {
        return (Mono<T>) this.results.onSubscription(Mono.class, call, this.tools.gate()::call);
    }

    /** Brings the call to the gate, and once more when people have answered while its caller could be kept waiting. */
    static @Nullable Object call(ActionGate gate, GateCall call, ServedCall served, BooleanSupplier entered)
            throws Throwable {
        try {
            return gate.call(call);
        } catch (ApprovalRequiredException asked) {
            if (!entered.getAsBoolean() && served.pending(asked)) {
                return gate.call(call);
            }
            throw asked;
        }
    }

    private GateCall gateCall(
            ServedTool tool,
            @Nullable Map<String, ? extends @Nullable Object> args,
            ServedCall served,
            Body<?> body,
            AtomicBoolean entered) {
        List<Verdict> objections = new ArrayList<>();
        ActionDefinition definition = definition(tool, objections);
        Map<String, @Nullable Object> sent = (args != null) ? new LinkedHashMap<>(args) : null;
        Map<String, @Nullable Object> judged = read(tool, sent, objections);
        Verdict objection =
                (definition.method() == null) ? this.tools.allowList().objection(definition.name()) : null;
        if (objection != null) {
            objections.add(objection);
        }
        boolean readable =
                objections.stream().noneMatch(verdict -> verdict.policy().equals(VerdictNames.ARGUMENTS));
        return new GateCall(
                definition,
                judged,
                unnamed(tool, judged),
                objections,
                tool.target(),
                null,
                served.asking(),
                (tool.target() == null || AopUtils.isAopProxy(tool.target())) ? Door.TOOL : Door.PROXY,
                () -> {
                    entered.set(true);
                    // while observing, arguments that can't be read go on as they are
                    return body.with(readable ? judged : sent);
                },
                served.conversation(),
                null,
                true);
    }

    /** What a proxy behind this door can't see: it stands in the request alone. */
    private static Set<String> unnamed(ServedTool tool, Map<String, @Nullable Object> judged) {
        Method method = tool.method();
        if (method == null || !ArgumentBinder.isOpen(method)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>(judged.keySet());
        ArgumentBinder.names(method).forEach(names::remove);
        return names;
    }

    private ActionDefinition definition(ServedTool tool, List<Verdict> objections) {
        Method method = tool.method();
        if (method != null && tool.target() != null) {
            try {
                ActionDefinition governed = this.tools
                        .definitions()
                        .find(ActionDefinitions.specific(method, tool.target().getClass()));
                if (governed != null) {
                    return governed;
                }
            } catch (EnactStartupException ex) {
                objections.add(new Verdict(
                        VerdictNames.ANNOTATIONS,
                        Effect.BLOCK,
                        "The tool's annotations are wrong: " + ex.getMessage() + " Ask the operator to correct them.",
                        null));
            }
        }
        return ActionDefinition.of(ToolNames.local(tool.name()), null);
    }

    private Map<String, @Nullable Object> read(
            ServedTool tool, @Nullable Map<String, @Nullable Object> sent, List<Verdict> objections) {
        try {
            ToolArguments reader = this.tools.arguments();
            Map<String, @Nullable Object> args = reader.read((sent != null) ? reader.write(sent) : null, false);
            Method method = tool.method();
            if (method == null) {
                return args;
            }
            // to the method's own types and back: "9" and 9 are judged as what the method will get
            ReflectionUtils.makeAccessible(method);
            ArgumentBinder binder = this.tools.binder();
            boolean open = ArgumentBinder.isOpen(method);
            Map<String, @Nullable Object> described = binder.describe(method, binder.bind(method, args, !open));
            if (open) {
                Map<String, @Nullable Object> all = new LinkedHashMap<>(args);
                all.putAll(described);
                described = Arguments.freeze(all);
            }
            ArgumentBinder.requireNothingLost(args, described);
            return described;
        } catch (ArgumentException ex) {
            objections.add(new Verdict(VerdictNames.ARGUMENTS, Effect.BLOCK, String.valueOf(ex.getMessage()), null));
            return Map.of();
        }
    }

    /**
     * A tool that is served.
     *
     * @param name what callers call it
     * @param method the method behind it, or {@code null} when none can be seen
     * @param target the object the method belongs to, or {@code null}
     */
    public record ServedTool(
            String name, @Nullable Method method, @Nullable Object target) {}

    /**
     * What happens when a call is let through.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    public interface Body<T> {

        T with(@Nullable Map<String, @Nullable Object> judged) throws Throwable;
    }
}
