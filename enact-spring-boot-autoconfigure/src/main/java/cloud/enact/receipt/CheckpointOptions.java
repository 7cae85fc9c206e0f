package cloud.enact.receipt;

import java.time.Duration;
import java.util.List;

/**
 * How a log makes checkpoints.
 *
 * @param signer signs them
 * @param keys check those that were signed before: that of the signer, and former ones
 * @param sinks remember them outside the store
 * @param entries after how many entries the next one is due
 * @param interval after how long the next one is due when there are new entries, and a sink that failed is tried again
 * @param timeout how long closing waits for the store and the sinks to take the last one
 */
public record CheckpointOptions(
        CheckpointSigner signer,
        CheckpointKeys keys,
        List<CheckpointSink> sinks,
        int entries,
        Duration interval,
        Duration timeout) {

    public CheckpointOptions {
        sinks = List.copyOf(sinks);
        if (entries < 1 || interval.toMillis() < 1 || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "A checkpoint is due after at least one entry, or after at least a millisecond");
        }
        long names = sinks.stream().map(CheckpointSink::name).distinct().count();
        if (names < sinks.size()) {
            throw new IllegalArgumentException("Two checkpoint sinks have the same name; name them apart");
        }
    }
}
