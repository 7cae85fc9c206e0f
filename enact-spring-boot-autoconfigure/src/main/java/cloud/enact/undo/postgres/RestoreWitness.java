package cloud.enact.undo.postgres;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Has what a restore changes captured under a run of its own, so that it can be taken back. */
public interface RestoreWitness {

    /** The run under which it is captured. */
    UUID run();

    /** The action under which it is captured. */
    UUID action();

    /**
     * Is told what was captured, before it is committed.
     *
     * @param marker the number under which it is found
     * @param restored the transactions that were restored
     * @param changes what was changed; tables beside, whose rows are not captured, as {@code UNPROTECTED}
     */
    void captured(long marker, Collection<Long> restored, List<TableChange> changes);
}
