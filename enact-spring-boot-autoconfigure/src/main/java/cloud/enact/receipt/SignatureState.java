package cloud.enact.receipt;

/** What a check of one signature found. */
public enum SignatureState {
    /** It fits. */
    VALID,
    /** The key is known and the signature does not fit: the entry was altered or forged. */
    BAD_SIGNATURE,
    /** No key of that id is configured, so nothing can be said. */
    UNKNOWN_KEY
}
