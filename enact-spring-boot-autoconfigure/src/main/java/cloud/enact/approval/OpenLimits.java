package cloud.enact.approval;

/**
 * How many requests may be open at a time, so that nobody floods people, or a store, with questions. What is asked
 * beyond that is denied.
 *
 * @param ofOneRun of one run, such as the session of a coding agent
 * @param ofOneRequester of one requester, in all runs
 * @param ofAll of everybody
 */
public record OpenLimits(int ofOneRun, int ofOneRequester, int ofAll) {

    /** A run may have as many as its requester. */
    public static final OpenLimits DEFAULTS = new OpenLimits(50, 50, 1000);

    /**
     * Sets limits.
     *
     * @throws IllegalArgumentException when one is not positive
     */
    public OpenLimits {
        if (ofOneRun < 1 || ofOneRequester < 1 || ofAll < 1) {
            throw new IllegalArgumentException("a limit is less than one");
        }
    }

    /** Below this number nothing has to be counted any closer. */
    int least() {
        return Math.min(this.ofOneRun, Math.min(this.ofOneRequester, this.ofAll));
    }
}
