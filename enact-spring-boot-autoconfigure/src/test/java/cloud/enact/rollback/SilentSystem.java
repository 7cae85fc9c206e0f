package cloud.enact.rollback;

import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.List;

/** A connector that implements what it must and no more. */
record SilentSystem(StepUndo system) implements StepUndo {

    @Override
    public String connector() {
        return this.system.connector();
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        return this.system.precheck(newestFirst);
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        return this.system.undo(record, force);
    }
}
