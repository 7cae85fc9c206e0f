package cloud.enact.encryption;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A data key as it is kept.
 *
 * @param kid its id
 * @param subject keyed hash of whose data it encrypts, or {@code null} for a key of nobody or an erased one
 * @param master id of the master key that wrapped it, or {@code null} for an erased one
 * @param wrapped the key, encrypted by the master key; {@code null} once it is erased
 */
public record WrappedKey(
        String kid, byte @Nullable [] subject, @Nullable String master, byte @Nullable [] wrapped) {

    private static final Pattern KID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What is left of a key that was dropped. */
    public static WrappedKey erased(String kid) {
        return new WrappedKey(kid, null, null, null);
    }

    /** Whether the key was dropped. */
    public boolean isErased() {
        return this.wrapped == null;
    }

    static boolean isKid(String text) {
        return KID.matcher(text).matches();
    }

    /** The id. */
    @Override
    public String toString() {
        return "WrappedKey[" + this.kid + "]";
    }
}
