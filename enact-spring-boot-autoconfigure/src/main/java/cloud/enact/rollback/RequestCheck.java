package cloud.enact.rollback;

import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether a request contradicts itself or names what the run does not have. */
final class RequestCheck {

    private final RollbackRequest request;

    RequestCheck(RollbackRequest request) {
        this.request = request;
    }

    /** Refuses what contradicts itself. */
    void requireConsistent() {
        Set<Long> both = new TreeSet<>(this.request.skip().steps());
        both.retainAll(this.request.force().steps());
        if (!both.isEmpty()) {
            throw new RollbackRequestException(
                    "Steps " + both + " are named both to skip and to force; choose one for each");
        }
        Set<String> rows = new TreeSet<>(this.request.skip().rows());
        rows.retainAll(this.request.force().rows());
        if (!rows.isEmpty()) {
            throw new RollbackRequestException("A table or row is named both to skip and to force; choose one");
        }
        if (this.request.only().isEmpty()) {
            return;
        }
        Set<Long> skipped = new TreeSet<>(this.request.only());
        skipped.retainAll(this.request.skip().steps());
        if (!skipped.isEmpty()) {
            throw new RollbackRequestException(
                    "Steps " + skipped + " are named both to undo and to skip; choose one for each");
        }
        Set<Long> forced = new TreeSet<>(this.request.force().steps());
        forced.removeAll(this.request.only());
        if (!forced.isEmpty()) {
            throw new RollbackRequestException(
                    "Steps " + forced + " are to be forced, but are not among those to undo; name them there, too");
        }
    }

    /** Refuses what names a step, table or row that the run does not have. */
    void requireKnown(List<UndoRecord> records, Precheck precheck) {
        Set<Long> unknown = new TreeSet<>(this.request.only());
        unknown.addAll(this.request.skip().steps());
        unknown.addAll(this.request.force().steps());
        records.forEach(record -> unknown.remove(record.position()));
        if (!unknown.isEmpty()) {
            throw new RollbackRequestException("The run has no step at position "
                    + unknown.iterator().next() + "; a preview lists the positions of its steps");
        }
        Set<String> rows = new TreeSet<>(this.request.skip().rows());
        rows.addAll(this.request.force().rows());
        for (String row : rows) {
            List<String> connectors = precheck.knowing(records, row);
            if (connectors.isEmpty()) {
                throw new RollbackRequestException("The run changed no table or row of one of the names to skip or to"
                        + " force; a preview lists their names");
            }
            if (connectors.size() > 1) {
                throw new RollbackRequestException("One of the names to skip or to force is in several of " + connectors
                        + "; put one of them and a slash before it");
            }
        }
    }
}
