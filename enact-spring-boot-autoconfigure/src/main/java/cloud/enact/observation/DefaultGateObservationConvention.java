package cloud.enact.observation;

import cloud.enact.observation.GateObservation.HighCardinality;
import cloud.enact.observation.GateObservation.LowCardinality;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names and keys as {@link GateObservation} says. */
public class DefaultGateObservationConvention implements GateObservationConvention {

    private static final String NONE = "none";

    private static final String EXECUTE_TOOL = "execute_tool";

    @Override
    public String getName() {
        return "enact.gate";
    }

    @Override
    public String getContextualName(GateObservationContext context) {
        return EXECUTE_TOOL + " " + tool(context);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(GateObservationContext context) {
        return KeyValues.of(
                LowCardinality.OPERATION.withValue(EXECUTE_TOOL),
                LowCardinality.TOOL.withValue(tool(context)),
                LowCardinality.DECISION.withValue(word(context.decision())),
                LowCardinality.MODE.withValue(word(context.mode().name())),
                LowCardinality.OUTCOME.withValue(
                        word((context.ending() != null) ? context.ending().name() : null)),
                LowCardinality.ERROR.withValue((context.errorType() != null) ? context.errorType() : NONE));
    }

    private static String tool(GateObservationContext context) {
        return (context.action() != null) ? context.action() : "unknown";
    }

    private static String word(@Nullable String name) {
        return (name != null) ? name.toLowerCase(Locale.ROOT) : NONE;
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(GateObservationContext context) {
        KeyValues values = KeyValues.empty();
        values = with(values, HighCardinality.RUN, context.runId());
        values = with(values, HighCardinality.RECEIPT, context.receipt());
        return with(values, HighCardinality.POLICIES, context.policySet());
    }

    private static KeyValues with(KeyValues values, KeyName key, @Nullable String value) {
        return (value != null) ? values.and(key.withValue(value)) : values;
    }
}
