package cloud.enact.receipt;

/** What can be wrong with an entry. */
public enum VerificationState {
    /** Nothing. */
    VALID,
    /** It can't be read, or stands in another place than it says. */
    MALFORMED,
    /** The signature does not fit: altered or forged. */
    BAD_SIGNATURE,
    /** No key of its id is configured, so nothing can be said; configure the key it was signed with. */
    UNKNOWN_KEY,
    /** It is not chained to the entry before it: one of the two was altered, exchanged or put in. */
    BROKEN_CHAIN,
    /** There is no entry in this place although there is a later one. */
    MISSING
}
