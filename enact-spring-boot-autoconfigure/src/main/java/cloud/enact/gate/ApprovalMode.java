package cloud.enact.gate;

/** What becomes of a call while people are asked. */
public enum ApprovalMode {
    /** It is answered at once, and goes through when it is repeated after they have approved. */
    DEFER,
    /** It waits for them. */
    WAIT
}
