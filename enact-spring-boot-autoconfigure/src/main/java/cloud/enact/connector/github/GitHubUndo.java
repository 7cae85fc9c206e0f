package cloud.enact.connector.github;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Takes back what one GitHub connector did. Thread-safe. */
final class GitHubUndo implements StepUndo {

    private static final Log logger = LogFactory.getLog(GitHubUndo.class);

    private final GitHubSite site;

    /** By the operation that is undone. */
    private final Map<String, OperationUndo> ways = new HashMap<>();

    GitHubUndo(GitHubSite site) {
        this.site = site;
        way(GitHubOperation.CREATE_BRANCH, new CreatedBranchUndo(site));
        way(GitHubOperation.DELETE_BRANCH, new DeletedBranchUndo(site));
        way(GitHubOperation.PUSH_COMMIT, new PushUndo(site));
        way(GitHubOperation.CREATE_PR, new OpenedUndo(site, true));
        way(GitHubOperation.MERGE_PR, new MergeUndo(site));
        way(GitHubOperation.CREATE_ISSUE, new OpenedUndo(site, false));
        way(GitHubOperation.CLOSE_PR, new ClosedUndo(site, true));
        way(GitHubOperation.CLOSE_ISSUE, new ClosedUndo(site, false));
        way(GitHubOperation.COMMENT, new CommentedUndo(site));
        way(GitHubOperation.ADD_LABEL, new LabelUndo(site, false));
        this.ways.put(Redo.OPERATION, new Redo(site));
        this.ways.put(DeletedCommentUndo.DELETE_COMMENT, new DeletedCommentUndo(site));
        this.ways.put(LabelUndo.REMOVE_LABEL, new LabelUndo(site, true));
    }

    private void way(GitHubOperation operation, OperationUndo way) {
        this.ways.put(operation.id(), way);
    }

    @Override
    public String connector() {
        return this.site.connector();
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        List<StepRestoration> answers = new ArrayList<>();
        ForeseenHeads heads = new ForeseenHeads();
        for (int i = 0; i < newestFirst.size(); i++) {
            UndoRecord record = newestFirst.get(i);
            Planned planned = new Planned(newestFirst.subList(0, i), newestFirst.subList(i, newestFirst.size()), heads);
            answers.add(answer(record, way -> way.foresee(record, planned)));
        }
        return List.copyOf(answers);
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        return undo(record, List.of(record), force);
    }

    @Override
    public StepRestoration undo(UndoRecord record, List<UndoRecord> planned, boolean force) {
        StepRestoration answer = answer(record, way -> way.undo(record, Planned.of(planned), force));
        if (logger.isDebugEnabled()) {
            logger.debug("Undid step " + record.position() + " of run " + record.runId() + ": " + answer.restoration());
        }
        return answer;
    }

    @Override
    public StepProbe probe(UndoRecord record) {
        if (record.state() == UndoRecord.State.DONE) {
            return StepProbe.noted(record);
        }
        AtomicReference<StepProbe> probe = new AtomicReference<>();
        StepRestoration answer = answer(record, way -> {
            StepProbe found = way.probe(record);
            probe.set(found);
            // only the probe is told
            return Answers.already(record, found.detail());
        });
        StepProbe found = probe.get();
        return (found != null) ? found : StepProbe.of(record, answer);
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        return Footing.of(newer).standsOn(older);
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) {
        OperationUndo way = this.ways.get(record.operation());
        return (way != null && unusable(record) == null && !Note.of(record).leftNothing())
                ? way.reversal(record)
                : null;
    }

    private StepRestoration answer(UndoRecord record, Function<OperationUndo, StepRestoration> asked) {
        String unusable = unusable(record);
        OperationUndo way = this.ways.get(record.operation());
        if (unusable != null || way == null) {
            return Answers.failed(record, (unusable != null) ? unusable : notOurs());
        }
        if (Note.of(record).leftNothing()) {
            return Answers.already(record, "Nothing to undo: GitHub refused the step, and nothing was changed");
        }
        try {
            return asked.apply(way);
        } catch (GitHubException ex) {
            return Answers.failed(
                    record, ex.getMessage() + (ex.isInDoubt() ? ". Try again: it is looked at first" : ""));
        } catch (IllegalArgumentException ex) {
            return Answers.failed(record, "Not undone: " + ex.getMessage());
        }
    }

    private @Nullable String unusable(UndoRecord record) {
        if (!record.connector().equals(this.site.connector())) {
            return notOurs();
        }
        String here = this.site.endpoint().rest().toString();
        Object there = record.before().values().get(GitHubSite.API);
        return here.equals(there)
                ? null
                : "The step was done at " + there + ", but the connector '" + this.site.connector() + "' now is at "
                        + here + ": configure the old endpoint again";
    }

    private String notOurs() {
        return "The record is not one of the connector '" + this.site.connector() + "', so nothing is done with it";
    }
}
