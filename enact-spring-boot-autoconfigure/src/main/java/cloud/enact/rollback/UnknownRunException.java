package cloud.enact.rollback;

import cloud.enact.action.RunId;

/** There is no receipt of such a run. */
public class UnknownRunException extends RuntimeException {

    public UnknownRunException(RunId runId) {
        super("No run " + runId + " is on record. Check the id; the list of receipts names runs.");
    }
}
