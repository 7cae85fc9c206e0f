package cloud.enact.rollback;

import cloud.enact.undo.UndoRecord;
import org.jspecify.annotations.Nullable;

/**
 * What undoing a step left in the undo log.
 *
 * @param note where it was noted
 * @param reversal how it could be done again, or {@code null} when it can't
 */
record UndoTrace(long note, @Nullable UndoRecord reversal) {}
