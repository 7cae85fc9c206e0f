package cloud.enact.undo;

/** Seals the bytes of an undo record so that nobody without the signing key can forge one. Thread-safe. */
public interface UndoSeal {

    /** Returns a tag over the bytes, as text. */
    String seal(byte[] bytes);

    /** Whether the tag fits the bytes; compares in constant time. */
    boolean verify(byte[] bytes, String tag);
}
