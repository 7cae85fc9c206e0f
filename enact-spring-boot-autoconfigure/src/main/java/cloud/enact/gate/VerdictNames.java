package cloud.enact.gate;

/** Names under which the gate itself objects to a call, beside the policies. */
final class VerdictNames {

    /** The decision point failed. */
    static final String GATE = "enact.gate";

    /** The decision can't be recorded. */
    static final String RECEIPTS = "enact.receipts";

    /** Nobody can be asked. */
    static final String APPROVAL = "enact.approval";

    /** The tool is unknown, or not allowed. */
    static final String TOOLS = "enact.tools";

    /** The arguments can't be read. */
    static final String ARGUMENTS = "enact.arguments";

    /** The annotations of the tool are wrong. */
    static final String ANNOTATIONS = "enact.annotations";

    /** What the action changes can't be captured. */
    static final String CAPTURE = "enact.capture";

    /** Nobody knows who asks. */
    static final String ACTOR = "enact.actor";

    /** The application named a run that is none. */
    static final String RUN = "enact.run";

    private VerdictNames() {}
}
