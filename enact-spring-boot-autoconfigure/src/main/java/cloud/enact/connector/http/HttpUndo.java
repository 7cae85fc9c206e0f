package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes back what one connector did. Thread-safe. */
final class HttpUndo implements StepUndo {

    private final String connector;

    private final Remote remote;

    HttpUndo(String connector, Remote remote) {
        this.connector = connector;
        this.remote = remote;
    }

    @Override
    public String connector() {
        return this.connector;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        Foresight foresight = new Foresight(this.remote);
        List<StepRestoration> answers = new ArrayList<>();
        for (UndoRecord record : newestFirst) {
            answers.add(guarded(record, step -> {
                Judge judge = step.judge(foresight);
                Judgement judgement = judge.judge();
                // of what nobody knows to be there, nobody knows either where it is
                if (judgement.restoration() != Restoration.ALREADY_RESTORED
                        && judgement.restoration() != Restoration.PENDING) {
                    // even after a conflict: older steps are judged as if this one had been settled
                    foresight.undone(step.operation, judge.values(), step.memo.before());
                }
                return StepRestoration.of(record, judgement.restoration(), judgement.detail());
            }));
        }
        return List.copyOf(answers);
    }

    /** Asks as declared, not whether undoing would work: what has no undo can be looked for as well. */
    @Override
    public StepProbe probe(UndoRecord record) {
        try {
            HttpOperation operation = operation(record);
            Memo memo = Memo.read(record);
            if (operation == null) {
                return StepProbe.of(
                        record, StepProbe.Finding.UNKNOWN, "The connector no longer declares this operation.");
            }
            return switch (memo.outcome()) {
                case DONE -> StepProbe.of(record, StepProbe.Finding.DONE, "The server answered that it was done.");
                case NOTHING ->
                    StepProbe.of(record, StepProbe.Finding.NOT_DONE, "The step failed before it changed anything.");
                case UNKNOWN -> found(record, operation, memo);
            };
        } catch (ConnectorException | IllegalArgumentException ex) {
            return StepProbe.of(record, StepProbe.Finding.UNKNOWN, "Looking does not tell: " + ex.getMessage() + ".");
        }
    }

    private StepProbe found(UndoRecord record, HttpOperation operation, Memo memo) {
        Doubts.Found found = new Doubts(this.remote).find(operation, values(record, memo), memo.before(), this.remote);
        return switch (found.finding()) {
            case HAPPENED -> StepProbe.of(record, StepProbe.Finding.DONE, "The server has what it was asked for.");
            case NOTHING -> StepProbe.of(record, StepProbe.Finding.NOT_DONE, "The server has no trace of it.");
            case UNKNOWN ->
                StepProbe.of(
                        record,
                        StepProbe.Finding.UNKNOWN,
                        "Nobody can tell whether " + operation.request() + " was done. Look there.");
        };
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        return guarded(record, step -> {
            Judge judge = step.judge(this.remote);
            Judgement judgement = judge.judge();
            boolean goOn = judgement.restoration() == Restoration.RESTORED
                    || force && judgement.restoration() == Restoration.CONFLICT;
            return goOn
                    ? new Restorer(this.remote, record, step.operation, step.rule, step.memo, judge)
                            .restore(judgement.etag())
                    : StepRestoration.of(record, judgement.restoration(), judgement.detail());
        });
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) {
        Step step = step(record);
        HttpOperation operation = step.operation;
        Look capture = operation.capture();
        State before = step.memo.before();
        if (capture == null
                || capture.leavesGone()
                || operation.after() != null
                || before == null
                || step.rule.verify() != null
                || step.memo.outcome() != Memo.Outcome.DONE) {
            return null;
        }
        Call call = capture.request().render(step.values());
        State now = this.remote.state(capture, call, this.remote.look(call), step.values());
        return new StepReversal(
                record.operation(),
                record.args(),
                record.reversibility(),
                // a server that knows the key of the first undo would take the second for that, and do nothing
                Memo.capture(
                        step.memo.baseUrl(),
                        step.memo.key() + Restorer.UNDO_KEY,
                        now,
                        Memo.done(step.memo.result(), before)));
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        try {
            return new Kinship(step(newer).values(), step(older).values())
                    .between(step(newer).operation, step(older).operation);
        } catch (ConnectorException | IllegalArgumentException ex) {
            // what can't be read may be about anything
            return true;
        }
    }

    /** What is done with a record that can be used. */
    @FunctionalInterface
    private interface Work {

        StepRestoration with(Step step);
    }

    private StepRestoration guarded(UndoRecord record, Work work) {
        try {
            return work.with(step(record));
        } catch (ConnectorException ex) {
            return StepRestoration.of(
                    record, Restoration.FAILED, "Not undone: " + ex.getMessage() + ". Settle that, then try again");
        } catch (IllegalArgumentException ex) {
            return StepRestoration.of(record, Restoration.FAILED, "Not undone: " + ex.getMessage());
        }
    }

    /** A record with what is declared of its operation today. */
    private final class Step {

        private final UndoRecord record;

        private final HttpOperation operation;

        private final UndoRule rule;

        private final Memo memo;

        private Step(UndoRecord record, HttpOperation operation, UndoRule rule, Memo memo) {
            this.record = record;
            this.operation = operation;
            this.rule = rule;
            this.memo = memo;
        }

        private Values values() {
            return HttpUndo.values(this.record, this.memo);
        }

        private Judge judge(Eye eye) {
            return new Judge(HttpUndo.this.remote, this.operation, this.rule, this.memo, values(), eye);
        }
    }

    private static Values values(UndoRecord record, Memo memo) {
        State before = memo.before();
        Map<String, @Nullable Object> fields = (before != null) ? before.fields() : Map.of();
        return new Values(record.args(), fields, memo.result(), memo.key());
    }

    private Step step(UndoRecord record) {
        HttpOperation operation = operation(record);
        if (operation == null || operation.undo() == null) {
            throw new IllegalArgumentException("The connector '" + this.connector
                    + "' no longer declares how this operation is undone: put the declaration back");
        }
        return new Step(record, operation, Objects.requireNonNull(operation.undo()), Memo.read(record));
    }

    /** What is declared of the operation today; {@code null} when nothing is. */
    private @Nullable HttpOperation operation(UndoRecord record) {
        if (!record.connector().equals(this.connector)) {
            throw new IllegalArgumentException("The record is not one of the connector '" + this.connector + "'");
        }
        Memo memo = Memo.read(record);
        if (!memo.baseUrl().equals(this.remote.baseUrl())) {
            // some vendors have a key in the path
            throw new IllegalArgumentException("The step worked at another base URL, at "
                    + URI.create(memo.baseUrl()).getAuthority() + ", than the connector '" + this.connector
                    + "' has now: configure the old one again");
        }
        return this.remote.api().operations().get(record.operation());
    }
}
