package cloud.enact.undo;

import cloud.enact.action.ActionRequest;
import cloud.enact.encryption.DataKey;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * How the undo log is encrypted.
 *
 * @param keys give a key per subject
 * @param subjects know whom an action is about
 * @param writing whether new records are encrypted; else only those that were are decrypted
 */
public record UndoEncryption(KeyRing keys, Subjects subjects, boolean writing) {

    /** The key for the steps of an action; {@code null} when they are not encrypted. */
    public @Nullable DataKey key(ActionRequest action) {
        return this.writing
                ? this.keys.of(this.subjects.of(
                        action.actionId(), action.parentActionId(), action.action(), action.actor(), action.args()))
                : null;
    }

    /** The key for what is about nobody; {@code null} when that is not encrypted. */
    public @Nullable DataKey ownKey() {
        return this.writing ? this.keys.named("undo") : null;
    }
}
