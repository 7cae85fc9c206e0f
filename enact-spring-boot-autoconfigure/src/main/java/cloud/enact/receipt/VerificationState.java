package cloud.enact.receipt;

/** What can be wrong with an entry, or with a log. */
public enum VerificationState {
    /** Nothing. */
    VALID,
    /** It can't be read, or stands in another place than it says. */
    MALFORMED,
    /** The signature does not fit: altered or forged. */
    BAD_SIGNATURE,
    /** No key of its id is configured, so nothing can be said; configure the key it was signed with. */
    UNKNOWN_KEY,
    /**
     * The signature fits, but its key had no right to this place: it was retired before, or no KEY receipt introduced
     * it.
     */
    KEY_NOT_IN_FORCE,
    /** It introduces a key, and the former key does not consent to what it says. */
    UNPROVEN_KEY,
    /** It is not chained to the entry before it: one of the two was altered, exchanged or put in. */
    BROKEN_CHAIN,
    /** There is no entry in this place although there is a later one. */
    MISSING,
    /** The end of the log is gone: a checkpoint says that it had more entries. */
    CUT,
    /** A checkpoint was signed over other entries: history was changed, and signed anew or put back. */
    OTHER_HISTORY,
    /** A checkpoint itself can't be believed: its signature does not fit, or it says another thing than its place. */
    FORGED_CHECKPOINT,
    /** Two signed checkpoints contradict each other: readers were shown different histories. */
    SPLIT_VIEW
}
