package cloud.enact.rollback;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A system that does what it is told, and whose answer is lost now and then. */
record LostAnswers(StepUndo system, BooleanSupplier lost) implements StepUndo {

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
        StepRestoration answer = this.system.undo(record, force);
        if (this.lost.getAsBoolean()) {
            throw new IllegalStateException("the answer was lost");
        }
        return answer;
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        return this.system.dependsOn(newer, older);
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) throws Exception {
        return this.system.reversal(record, blobs);
    }
}
