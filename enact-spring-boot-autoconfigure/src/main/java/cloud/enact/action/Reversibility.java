package cloud.enact.action;

/** Whether what an action did can be taken back, from the weakest effect to the strongest. */
public enum Reversibility {
    /** Nothing is changed. */
    READ_ONLY,
    /** The exact old state comes back. */
    REVERSIBLE,
    /** An inverse exists, a trace stays. */
    COMPENSATABLE,
    /** Nothing brings it back. */
    IRREVERSIBLE
}
