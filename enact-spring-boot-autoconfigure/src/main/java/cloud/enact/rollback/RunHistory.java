package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.UndoRecord;
import java.util.Collection;
import java.util.List;

/**
 * All that is known of a run, checked: what its receipts say, what can be undone, and what was undone before.
 *
 * @param runId the run
 * @param actions its actions, in the order they were decided
 * @param newestFirst its steps in the undo log, newest first
 * @param earlier what earlier rollbacks of it did
 */
record RunHistory(RunId runId, Collection<RunAction> actions, List<UndoRecord> newestFirst, EarlierRollbacks earlier) {}
