package cloud.enact.gate;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Schedulers;

/** Results that are not there yet: the action ends when they do, and its record is written before they are seen. */
final class AsyncResults {

    private AsyncResults() {}

    /** Whether calls of this type happen when somebody subscribes, so that each subscription is a call of its own. */
    static boolean happensOnSubscription(Class<?> returnType) {
        return Mono.class.isAssignableFrom(returnType) || Flux.class.isAssignableFrom(returnType);
    }

    /** Makes every subscription a call of its own. */
    static Object onSubscription(Class<?> returnType, GateCall.Body gated) {
        if (Mono.class.isAssignableFrom(returnType)) {
            return Mono.from(deferred(gated));
        }
        return Flux.from(deferred(gated));
    }

    private static Flux<Object> deferred(GateCall.Body gated) {
        Flux<Object> call = Flux.defer(() -> {
            try {
                Object result = gated.invoke();
                return (result instanceof Publisher<?> publisher) ? Flux.from(publisher) : Flux.empty();
            } catch (Error | RuntimeException ex) {
                throw ex;
            } catch (Throwable ex) {
                return Flux.error(ex);
            }
        });
        return Flux.defer(() ->
                // the gate writes to disk, which an event loop must not wait for
                Schedulers.isInNonBlockingThread() ? call.subscribeOn(Schedulers.boundedElastic()) : call);
    }

    /** Ends the action now, or when the result it returned has ended. */
    static @Nullable Object follow(@Nullable Object value, ActionScope scope, Consequence consequence) {
        if (value instanceof Mono<?> mono) {
            return inScope(mono.materialize().flatMap(signal -> ended(signal, consequence)), scope, consequence)
                    .dematerialize();
        }
        if (value instanceof Flux<?> flux) {
            return flux.materialize()
                    .concatMap(signal -> signal.isOnNext() ? Mono.just(signal) : ended(signal, consequence))
                    .doOnCancel(() -> cancelled(consequence))
                    .contextWrite(context -> context.put(ScopeThreadLocalAccessor.KEY, scope))
                    .dematerialize();
        }
        if (value instanceof CompletionStage<?> stage) {
            return stage.whenComplete((result, error) -> {
                if (error != null) {
                    consequence.failed(error);
                } else {
                    consequence.succeeded(result);
                }
            });
        }
        consequence.succeeded(value);
        return value;
    }

    private static <T> Mono<T> inScope(Mono<T> mono, ActionScope scope, Consequence consequence) {
        return mono.doOnCancel(() -> cancelled(consequence))
                .contextWrite(context -> context.put(ScopeThreadLocalAccessor.KEY, scope));
    }

    private static <T> Mono<Signal<T>> ended(Signal<T> signal, Consequence consequence) {
        Mono<Signal<T>> end = Mono.fromCallable(() -> {
            Throwable error = signal.getThrowable();
            if (error != null) {
                consequence.failed(error);
            } else {
                consequence.succeeded(signal.get());
            }
            return signal;
        });
        return awayFromEventLoops(end);
    }

    /**
     * The gate writes to disk, which an event loop must not wait for. Any other thread is kept, because the caller's
     * transaction is bound to it.
     */
    private static <T> Mono<T> awayFromEventLoops(Mono<T> work) {
        return Mono.defer(
                () -> Schedulers.isInNonBlockingThread() ? work.subscribeOn(Schedulers.boundedElastic()) : work);
    }

    private static void cancelled(Consequence consequence) {
        Schedulers.boundedElastic()
                .schedule(() -> consequence.unknown("the subscriber cancelled before the action ended"));
    }
}
