package cloud.enact.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How a governed call is named and described; a bean of this type replaces the default. */
public interface GateObservationConvention extends ObservationConvention<GateObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof GateObservationContext;
    }
}
