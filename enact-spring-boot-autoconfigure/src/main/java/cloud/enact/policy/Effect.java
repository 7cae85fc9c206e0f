package cloud.enact.policy;

/** What a policy asks for, from the weakest to the strictest; the strictest wins. */
public enum Effect {
    ABSTAIN,
    PASS,
    ASK,
    BLOCK;

    /** Returns the stricter of the two. */
    public Effect or(Effect other) {
        return (compareTo(other) >= 0) ? this : other;
    }
}
