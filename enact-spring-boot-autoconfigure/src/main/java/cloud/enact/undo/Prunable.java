package cloud.enact.undo;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Undo data of one connector that goes when it is old. Thread-safe.
 *
 * <ol>
 *   <li>The undo data of a run goes as a whole, or stays.
 *   <li>What was given up is never restored again, and undoing says that it is gone.
 *   <li>What a restore is working with at that moment is not given up.
 * </ol>
 */
public interface Prunable {

    /** Name of the connector instance. */
    String connector();

    /**
     * Runs whose undo data is all older, oldest first.
     *
     * @param before begun before then
     * @param without runs to leave out
     * @param limit at most so many
     */
    List<Expired> expired(Instant before, Set<RunId> without, int limit);

    /**
     * Gives the undo data of a run up.
     *
     * @return whether it is given up; not when it is in use or was added to
     */
    boolean giveUp(RunId runId, Instant before);

    /** Runs that were given up and whose undo data is not removed yet. */
    List<RunId> givenUp(int limit);

    /**
     * Removes the undo data of runs that were given up, a little at a time.
     *
     * @return how many captured rows, files or the like are gone
     */
    long remove(List<RunId> runs);

    /**
     * A run with old undo data.
     *
     * @param runId the run
     * @param restored whether all of it was restored
     */
    record Expired(RunId runId, boolean restored) {}
}
