package cloud.enact.approval;

import cloud.enact.encryption.DataKey;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * How requests for approval are encrypted where they are kept.
 *
 * @param keys give a key per subject
 * @param subjects know whom a call is about
 * @param writing whether what is written is encrypted; else only what was is decrypted
 */
public record ApprovalEncryption(KeyRing keys, Subjects subjects, boolean writing) {

    /** The key for a request; {@code null} when it is not encrypted. */
    @Nullable
    DataKey key(AskedCall asked) {
        return this.writing
                ? this.keys.of(
                        this.subjects.of(asked.actionId(), null, asked.action(), asked.requester(), asked.payload()))
                : null;
    }
}
