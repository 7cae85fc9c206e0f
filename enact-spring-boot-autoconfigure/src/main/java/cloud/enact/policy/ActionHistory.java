package cloud.enact.policy;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.List;

/**
 * What happened before a call. Calls that were stopped are not part of it, nor is what was asked for at the same
 * moment and is not on record yet. Thread-safe.
 *
 * <p>Both methods are bounded: where there is more than can be looked at they throw, so that a policy that counts
 * blocks rather than counts wrong.
 */
public interface ActionHistory {

    /** Earlier actions of a run, oldest first, also those that are not over. */
    List<EarlierAction> ofRun(RunId run);

    /**
     * Actions of an exact name in all runs, newest first, also those that are not over.
     *
     * @param since not before
     */
    List<EarlierAction> since(String action, Instant since);

    /**
     * These actions happened, all of them in the run that is asked about, and nothing else did: for what-ifs.
     *
     * @param actions oldest first
     */
    static ActionHistory of(List<EarlierAction> actions) {
        return new GivenHistory(actions);
    }

    /** Nothing ever happened. */
    static ActionHistory none() {
        return of(List.of());
    }
}
