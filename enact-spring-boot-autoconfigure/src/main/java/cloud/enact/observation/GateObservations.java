package cloud.enact.observation;

import cloud.enact.gate.CallObserver;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Receipt;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Observes governed calls with Micrometer: a timer, and a span where tracing is set up. */
public final class GateObservations implements CallObserver {

    private static final ObservedCall NOTHING = new ObservedCall() {
        @Override
        public Current enter() {
            return () -> {};
        }

        @Override
        public void decided(Decision decision) {}

        @Override
        public void recorded(Receipt receipt) {}

        @Override
        public void ended(Ending ending, @Nullable Throwable error) {}
    };

    /** Names of actions that are told apart; an agent outside can make up as many as it likes. */
    private static final int MOST_NAMES = 1000;

    private final ObservationRegistry registry;

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private final GateObservationConvention convention;

    public GateObservations(ObservationRegistry registry, GateObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public ObservedCall begin(@Nullable String action, EnactMode mode) {
        if (this.registry.isNoop()) {
            return NOTHING;
        }
        GateObservationContext context = new GateObservationContext(bounded(action), mode);
        Observation observation = Observation.createNotStarted(this.convention, () -> context, this.registry)
                .start();
        return observation.isNoop() ? NOTHING : new Observed(observation, context);
    }

    private @Nullable String bounded(@Nullable String action) {
        if (action == null || this.names.contains(action)) {
            return action;
        }
        return (this.names.size() < MOST_NAMES && this.names.add(action)) ? action : null;
    }

    private record Observed(Observation observation, GateObservationContext context) implements ObservedCall {

        @Override
        public Current enter() {
            Observation.Scope scope = this.observation.openScope();
            return scope::close;
        }

        @Override
        public void decided(Decision decision) {
            this.context.decided(decision.effect().name(), decision.policySet());
        }

        @Override
        public void recorded(Receipt receipt) {
            this.context.recorded(receipt.runId().toString(), receipt.log() + "/" + receipt.seq());
        }

        @Override
        public void ended(Ending ending, @Nullable Throwable error) {
            this.context.ended(ending, (error != null) ? error.getClass().getName() : null);
            if (error != null) {
                // handlers copy message and stack trace into the span, and either may quote an argument
                this.observation.error(new ActionFailedException());
            }
            this.observation.stop();
        }
    }
}
