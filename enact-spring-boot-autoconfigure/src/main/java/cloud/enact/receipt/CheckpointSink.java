package cloud.enact.receipt;

/**
 * A place outside the receipt store that remembers checkpoints, so that who can write the store can't bend the past
 * unnoticed. Called on a thread of its own, one checkpoint after the other. Implementations may be slow, and throw.
 */
public interface CheckpointSink {

    /** Name of this sink, as it stands in metrics and health: letters, digits, dashes and dots. */
    String name();

    /**
     * Remembers a checkpoint, beyond the reach of this application where it can; what it returned for is anchored.
     *
     * @throws Exception when it could not be remembered; the newest one is tried again
     */
    void accept(Checkpoint checkpoint) throws Exception;
}
