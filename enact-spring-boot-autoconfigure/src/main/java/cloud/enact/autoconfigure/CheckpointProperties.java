package cloud.enact.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signed heads of the receipt log.
 *
 * @param entries After how many receipts the next one is due.
 * @param interval After how long the next one is due when receipts were written since.
 * @param sinks Places outside the receipt store that remember them.
 */
record CheckpointProperties(
        @DefaultValue("1000") int entries,
        @DefaultValue("10s") Duration interval,
        @DefaultValue @NestedConfigurationProperty CheckpointSinkProperties sinks) {}
