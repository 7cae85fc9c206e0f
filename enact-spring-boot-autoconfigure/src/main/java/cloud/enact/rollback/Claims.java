package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.UndoLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rights to undo some runs.
 *
 * @param complete whether all of them were free
 */
record Claims(List<UndoLog.Claim> taken, boolean complete) implements AutoCloseable {

    /**
     * Takes them, until one is not free.
     *
     * @throws cloud.enact.undo.UndoLogException when nobody can tell who has one
     */
    static Claims take(UndoLog undoLog, Set<RunId> runs) {
        List<UndoLog.Claim> taken = new ArrayList<>();
        try {
            for (RunId run : runs) {
                Optional<UndoLog.Claim> claim = undoLog.claim(run);
                if (claim.isEmpty()) {
                    return new Claims(taken, false);
                }
                taken.add(claim.get());
            }
            return new Claims(taken, true);
        } catch (RuntimeException ex) {
            taken.forEach(UndoLog.Claim::close);
            throw ex;
        }
    }

    @Override
    public void close() {
        this.taken.forEach(UndoLog.Claim::close);
    }
}
