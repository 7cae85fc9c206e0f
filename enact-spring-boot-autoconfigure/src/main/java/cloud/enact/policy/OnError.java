package cloud.enact.policy;

/** What the policy of an expression says when the expression can't be evaluated for a call. */
public enum OnError {
    /** It blocks. */
    BLOCK,
    /** It has nothing to say. */
    ABSTAIN
}
