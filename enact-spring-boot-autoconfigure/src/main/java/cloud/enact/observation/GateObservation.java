package cloud.enact.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed, with the names that OpenTelemetry gives to the execution of a tool. */
public enum GateObservation implements ObservationDocumentation {

    /** A governed call, from the gate to the record of its outcome. */
    GATE {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultGateObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinality.values();
        }
    };

    /** Keys with few values, which become tags of meters and attributes of spans. */
    public enum LowCardinality implements KeyName {
        /** Always {@code execute_tool}. */
        OPERATION("gen_ai.operation.name"),
        /** Name of the action, or {@code unknown} for a tool that a model made up. */
        TOOL("gen_ai.tool.name"),
        /** {@code pass}, {@code ask}, {@code block}, or {@code none} without a decision. */
        DECISION("enact.decision"),
        /** {@code enforce} or {@code observe}. */
        MODE("enact.mode"),
        /** {@code blocked}, {@code succeeded}, {@code failed} or {@code unknown}. */
        OUTCOME("enact.outcome"),
        /** Class of the exception that ended the action, or {@code none}. */
        ERROR("error.type");

        private final String key;

        LowCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return this.key;
        }
    }

    /** Keys with many values, which become attributes of spans only. */
    public enum HighCardinality implements KeyName {
        /** Id of the run. */
        RUN("enact.run.id"),
        /** Log and place of the newest receipt of the call, with a slash in between. */
        RECEIPT("enact.receipt.id"),
        /** Digest of the policies that were asked. */
        POLICIES("enact.policy.digest");

        private final String key;

        HighCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return this.key;
        }
    }
}
