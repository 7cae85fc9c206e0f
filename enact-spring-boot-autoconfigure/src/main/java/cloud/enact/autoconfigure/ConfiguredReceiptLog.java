package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.AnchoredStart;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointMismatchException;
import cloud.enact.receipt.CheckpointOptions;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Opens the log of a store that waits for a disk, as configured. */
final class ConfiguredReceiptLog {

    /** How long the end of an application waits for the last checkpoint. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ReceiptProperties properties;

    private final ReceiptKeys keys;

    private final Masking masking;

    private final CheckpointSigner signer;

    private final CheckpointKeys checkpointKeys;

    private final List<CheckpointSink> sinks;

    private final List<AnchorSource> sources;

    private final Clock clock;

    ConfiguredReceiptLog(
            ReceiptProperties properties,
            ReceiptKeys keys,
            Masking masking,
            CheckpointSigner signer,
            CheckpointKeys checkpointKeys,
            List<CheckpointSink> sinks,
            List<AnchorSource> sources,
            Clock clock) {
        this.properties = properties;
        this.keys = keys;
        this.masking = masking;
        this.signer = signer;
        this.checkpointKeys = checkpointKeys;
        this.sinks = sinks;
        this.sources = sources;
        this.clock = clock;
    }

    /**
     * Opens a log that this application alone writes.
     *
     * @throws EnactStartupException when it can't go on
     */
    ReceiptLog open(String id, ReceiptStore store) {
        SigningKeys.requireRotation(store, id, this.keys);
        ReceiptLogOptions defaults = ReceiptLogOptions.defaults();
        ReceiptLogOptions options =
                new ReceiptLogOptions(defaults.queue(), defaults.batch(), this.properties.timeout());
        try {
            AnchoredStart.requireAgreement(store, id, this.checkpointKeys, this.sources);
            ReceiptLog log =
                    ReceiptLog.groupCommit(id, store, this.keys, this.masking, options, checkpoints(), this.clock);
            return withCopies(log, store, this.keys, this.properties);
        } catch (CheckpointMismatchException ex) {
            throw new EnactStartupException(ex.getDescription(), ex.getAction(), ex);
        }
    }

    private CheckpointOptions checkpoints() {
        CheckpointProperties checkpoints = this.properties.checkpoints();
        try {
            return new CheckpointOptions(
                    this.signer,
                    this.checkpointKeys,
                    this.sinks,
                    checkpoints.entries(),
                    checkpoints.interval(),
                    CLOSING);
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "Checkpoints can't be made: " + ex.getMessage() + ".",
                    "Check enact.receipts.checkpoints.entries and interval, and the names of CheckpointSink beans.",
                    ex);
        }
    }

    static ReceiptLog withCopies(ReceiptLog log, ReceiptStore store, ReceiptKeys keys, ReceiptProperties properties) {
        Path folder = properties.jsonDir();
        return (folder != null) ? log.withRunFiles(folder, store, keys) : log;
    }
}
