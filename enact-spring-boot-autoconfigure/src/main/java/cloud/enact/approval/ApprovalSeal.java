package cloud.enact.approval;

/** Seals bytes so that nobody without the signing key can forge them. Thread-safe. */
public interface ApprovalSeal {

    /** Returns a tag over the bytes: letters, digits, dots, dashes, underscores and one colon. */
    String seal(byte[] bytes);

    /** Whether the tag fits the bytes; compares in constant time. */
    boolean verify(byte[] bytes, String tag);
}
