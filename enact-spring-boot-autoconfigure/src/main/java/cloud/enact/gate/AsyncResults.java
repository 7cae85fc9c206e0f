package cloud.enact.gate;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Results that are not there yet: the action ends when they do, and its record is written before they are seen. Scope
 * and actor travel in the subscriber's context. Thread-safe.
 */
final class AsyncResults {

    private final ActionScopes scopes;

    private final ReactiveActor reactiveActor;

    AsyncResults(ActionScopes scopes, ReactiveActor reactiveActor) {
        this.scopes = scopes;
        this.reactiveActor = reactiveActor;
    }

    /** Whether calls of this type happen when somebody subscribes, so that each subscription is a call of its own. */
    static boolean happensOnSubscription(Class<?> returnType) {
        return returnType == Mono.class || returnType == Flux.class;
    }

    /** Whether the end of what a method of this return type does can be seen. */
    static boolean canBeFollowed(Class<?> returnType) {
        if (Publisher.class.isAssignableFrom(returnType)) {
            return returnType == Mono.class
                    || returnType.isAssignableFrom(Flux.class)
                    || isAdapted(ReactiveAdapterRegistry.getSharedInstance(), returnType);
        }
        if (Flow.Publisher.class.isAssignableFrom(returnType)) {
            return returnType == Flow.Publisher.class;
        }
        return !Future.class.isAssignableFrom(returnType) || CompletionStage.class.isAssignableFrom(returnType);
    }

    /** Whether Spring makes exactly this type of any publisher; of a type below it, it can't. */
    private static boolean isAdapted(ReactiveAdapterRegistry adapters, Class<?> type) {
        ReactiveAdapter adapter = adapters.getAdapter(type);
        return adapter != null && adapter.getReactiveType() == type;
    }

    /** Whether the action has only handed out what will be done when somebody uses the result. */
    static boolean isLazy(@Nullable Object value) {
        return value instanceof BaseStream
                || value instanceof Iterator
                || value instanceof Supplier
                || value instanceof Callable
                || value instanceof Runnable;
    }

    /** Makes every subscription a call of its own. */
    Object onSubscription(Class<?> returnType, GateCall call, Gate gate) {
        Flux<Object> judged = Flux.deferContextual(context -> judge(call, context, gate));
        Flux<Object> deferred = awayFromEventLoops(judged);
        // not Mono.from, which cancels what it has the value of: see ended
        return (returnType == Mono.class) ? deferred.singleOrEmpty() : deferred;
    }

    private Flux<Object> judge(GateCall call, ContextView context, Gate gate) {
        ActionScope around = around(context);
        if (around != null) {
            return invoke(call, around, gate);
        }
        return asking(context)
                .map(call::askedBy)
                .defaultIfEmpty(call)
                .flatMapMany(asked -> awayFromEventLoops(Flux.defer(() -> invoke(asked, null, gate))));
    }

    /** Who asks, or nothing when the subscriber's context names nobody. */
    Mono<Asking> asking(ContextView context) {
        return this.reactiveActor
                .resolve(context)
                .map(Asking::by)
                .onErrorResume(RuntimeException.class, ex -> Mono.just(Asking.unknown(ex)));
    }

    /** The action around a subscription: the innermost of what the thread and the subscriber's context know. */
    private @Nullable ActionScope around(ContextView context) {
        ActionScope here = this.scopes.current();
        ActionScope carried = context.getOrDefault(this.scopes, null);
        if (here == null || carried == null) {
            return (here != null) ? here : carried;
        }
        return (carried.depth() > here.depth()) ? carried : here;
    }

    private Flux<Object> invoke(GateCall call, @Nullable ActionScope around, Gate gate) {
        try (ActionScopes.Binding binding = this.scopes.enter(around)) {
            Object result = gate.call(call);
            return (result instanceof Publisher<?> publisher) ? Flux.<Object>from(publisher) : Flux.empty();
        } catch (Error | RuntimeException ex) {
            throw ex;
        } catch (Throwable ex) {
            return Flux.error(ex);
        }
    }

    /** Calls back when a result that is not there yet fails. */
    static @Nullable Object onFailure(@Nullable Object value, Runnable callback) {
        if (value instanceof Mono<?> mono) {
            return mono.doOnError(error -> callback.run());
        }
        if (value instanceof Flux<?> flux) {
            return flux.doOnError(error -> callback.run());
        }
        return value;
    }

    /** Ends the action now, or when the result it returned has ended. */
    @Nullable
    Object follow(@Nullable Object value, ActionScope scope, Consequence consequence) {
        if (value instanceof Mono<?> mono) {
            return once(mono, scope, consequence);
        }
        if (value instanceof Publisher<?> publisher && fits(scope, Flux.class)) {
            return once(Flux.from(publisher), scope, consequence);
        }
        if (value instanceof CompletionStage<?> stage) {
            CompletionStage<?> followed = follow(stage, consequence);
            return fits(scope, followed.getClass()) ? followed : stage;
        }
        ReactiveAdapter adapter = adapter(value);
        if (adapter != null && fits(scope, adapter.getReactiveType())) {
            return adapter.fromPublisher(once(Flux.from(adapter.toPublisher(value)), scope, consequence));
        }
        if (value instanceof Publisher<?> || value instanceof Flow.Publisher<?> || value instanceof Future<?>) {
            consequence.unknown("it returned a " + value.getClass().getSimpleName() + ", whose end can't be seen");
        } else {
            consequence.succeeded(value);
        }
        return value;
    }

    /**
     * How Spring reads publishers of other libraries and of the JDK. Not asked for what else comes with Java: loading the
     * registry takes longer than many an application's whole gate.
     */
    private static @Nullable ReactiveAdapter adapter(@Nullable Object value) {
        boolean plain =
                value == null || value.getClass().getClassLoader() == null && !(value instanceof Flow.Publisher<?>);
        return plain ? null : ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, value);
    }

    /** Whether a caller of the action's method can be given an object of this class. */
    private static boolean fits(ActionScope scope, Class<?> type) {
        Method method = scope.definition().method();
        return method == null || method.getReturnType().isAssignableFrom(type);
    }

    private static <T> CompletionStage<T> follow(CompletionStage<T> stage, Consequence consequence) {
        CompletionStage<T> recorded = stage.whenComplete((result, error) -> {
            Throwable cause =
                    (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
            if (cause == null) {
                consequence.succeeded(result);
            } else if (cause instanceof CancellationException) {
                consequence.unknown("it was cancelled before it ended");
            } else if (cause instanceof OutcomeUnknownException) {
                consequence.unknown(String.valueOf(cause.getMessage()));
            } else {
                consequence.failed(cause);
            }
        });
        // one stage more, because a stage that is cancelled from outside never runs what was hung on it
        CompletionStage<T> followed = recorded.thenApply(result -> result);
        if (stage instanceof CompletableFuture<?> work && followed instanceof CompletableFuture<?> result) {
            // whoever cancels what we hand out means the work
            result.whenComplete((value, error) -> {
                if (result.isCancelled()) {
                    work.cancel(true);
                }
            });
        }
        return followed;
    }

    private <T> Mono<T> once(Mono<T> mono, ActionScope scope, Consequence consequence) {
        AtomicBoolean subscribed = new AtomicBoolean();
        return Mono.defer(() -> subscribed.compareAndSet(false, true) ? mono : Mono.<T>error(again(scope)))
                .flatMap(value -> ended(Mono.just(value), () -> consequence.succeeded(value)))
                .switchIfEmpty(ended(Mono.empty(), () -> consequence.succeeded(null)))
                .onErrorResume(error -> ended(Mono.error(error), () -> consequence.failed(error)))
                .doOnCancel(() -> cancelled(consequence))
                .contextWrite(context -> context.put(this.scopes, scope));
    }

    private <T> Flux<T> once(Flux<T> flux, ActionScope scope, Consequence consequence) {
        AtomicBoolean subscribed = new AtomicBoolean();
        return Flux.defer(() -> subscribed.compareAndSet(false, true) ? flux : Flux.<T>error(again(scope)))
                .concatWith(ended(Mono.empty(), () -> consequence.succeeded(null)))
                .onErrorResume(error -> ended(Mono.error(error), () -> consequence.failed(error)))
                .doOnCancel(() -> cancelled(consequence))
                .contextWrite(context -> context.put(this.scopes, scope));
    }

    private static IllegalStateException again(ActionScope scope) {
        return new IllegalStateException(
                "The result of action '" + scope.definition().name()
                        + "' can be subscribed to once, because its call was judged once. Call the method again, or declare"
                        + " Mono or Flux as its return type: then every subscription is judged.");
    }

    /**
     * The end of some work once it is on record. What has ended is not materialized, because what turns signals back
     * cancels their source, and Reactor interrupts the thread that hands the result on when its work is cancelled.
     */
    private static <T> Mono<T> ended(Mono<T> end, Runnable record) {
        Mono<T> recorded = Mono.defer(() -> {
            record.run();
            return end;
        });
        return Mono.defer(() ->
                Schedulers.isInNonBlockingThread() ? recorded.subscribeOn(Schedulers.boundedElastic()) : recorded);
    }

    /**
     * The gate writes to disk, which an event loop must not wait for. Any other thread is kept, because the caller's
     * transaction is bound to it.
     */
    private static <T> Flux<T> awayFromEventLoops(Flux<T> work) {
        return Flux.defer(
                () -> Schedulers.isInNonBlockingThread() ? work.subscribeOn(Schedulers.boundedElastic()) : work);
    }

    private static void cancelled(Consequence consequence) {
        Schedulers.boundedElastic()
                .schedule(() -> consequence.unknown("the subscriber cancelled before the action ended"));
    }

    /** The gate a call is brought to. */
    @FunctionalInterface
    interface Gate {

        @Nullable
        Object call(GateCall call) throws Throwable;
    }
}
