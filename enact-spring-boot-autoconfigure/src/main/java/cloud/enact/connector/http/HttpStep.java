package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One operation, prepared. */
final class HttpStep extends ConnectorStep {

    private static final int LONGEST_RECORDED = 2_000;

    private static final int PRECONDITION_FAILED = 412;

    private final HttpOperation operation;

    private final Remote remote;

    private Values values;

    private @Nullable State before;

    private @Nullable String etag;

    private boolean alreadyDone;

    private boolean nothingChanged = true;

    HttpStep(String connector, HttpOperation operation, Values values, Remote remote) {
        super(connector, operation, values.args());
        this.operation = operation;
        this.values = values;
        this.remote = remote;
    }

    @Override
    public @Nullable Capture capture(BlobStore blobs) {
        if (this.operation.capture() != null) {
            look(this.operation.capture());
        }
        return (this.operation.undo() == null || this.alreadyDone)
                ? null
                : Memo.capture(this.remote.baseUrl(), this.values.key(), this.before, Memo.of(Memo.Outcome.UNKNOWN));
    }

    private void look(Look look) {
        Call call = look.request().render(this.values);
        Answer answer = this.remote.look(call);
        State found = this.remote.state(look, call, answer, this.values);
        this.before = found;
        this.values = this.values.withBefore(found.fields());
        this.alreadyDone = this.operation.alreadyDone() != null && isDone(look, found);
        if (found.gone() && !this.alreadyDone) {
            throw this.remote.told().refused(call, answer);
        }
        this.etag = answer.etag();
        if (this.operation.request().ifMatch() && this.etag == null && !this.alreadyDone) {
            throw new ConnectorException(
                    call.told() + " has no entity tag, so nobody can tell whether somebody" + " changes it meanwhile");
        }
    }

    private boolean isDone(Look look, State found) {
        State expected = look.expected(this.values);
        return expected != null && found.same(expected);
    }

    @Override
    public StepResult apply(@Nullable Capture capture) {
        if (this.alreadyDone) {
            return new StepResult(Map.of(), this.operation.alreadyDone(), null);
        }
        Call call = call();
        boolean once = this.operation.idempotency() != null;
        Answer answer;
        try {
            // from here on it may have happened
            this.nothingChanged = this.operation.isRead();
            answer = this.remote.send(call, once);
        } catch (ConnectorException ex) {
            boolean sent = ex instanceof NoAnswerException unanswered && unanswered.isSent();
            if (!sent || this.operation.isRead()) {
                this.nothingChanged = true;
                throw ex;
            }
            return found(String.valueOf(ex.getMessage()));
        }
        if (this.operation.success().holds(answer, this.values)) {
            return this.operation.isRead() ? read(call, answer) : done(answer);
        }
        if (this.operation.isRead() || isRefused(answer)) {
            this.nothingChanged = true;
            throw (answer.status() == PRECONDITION_FAILED
                            && this.operation.request().ifMatch())
                    ? new ConnectorException(call.told() + " was not done: somebody changed it meanwhile")
                    : this.remote.told().refused(call, answer);
        }
        return found(this.remote.told().sentence(call, answer));
    }

    private boolean isRefused(Answer answer) {
        return answer.isRefusal()
                || !answer.doubtful()
                        && this.operation.refused() != null
                        && this.operation.refused().holds(answer, this.values);
    }

    private Call call() {
        Call call = this.operation.request().render(this.values);
        Map<String, String> more = new LinkedHashMap<>();
        HttpOperation.Idempotency idempotency = this.operation.idempotency();
        if (idempotency != null) {
            String key = idempotency.value().text(this.values);
            more.put(idempotency.header(), Headers.value(idempotency.header(), key));
        }
        if (this.operation.request().ifMatch() && this.etag != null) {
            more.put("If-Match", this.etag);
        }
        return call.with(more);
    }

    private StepResult read(Call call, Answer answer) {
        Remote.requireWhole(call, answer);
        Map<String, @Nullable Object> result = Remote.result(this.operation.result(), answer, true);
        if (answer.document() == Values.ABSENT && !this.operation.result().isEmpty()) {
            throw new ConnectorException(call.told() + " was not answered with JSON");
        }
        return new StepResult(result, null, null);
    }

    private StepResult done(Answer answer) {
        Map<String, @Nullable Object> result = Remote.result(this.operation.result(), answer, false);
        boolean whole = result.keySet().equals(this.operation.result().keySet());
        if (whole || this.operation.probe() == null) {
            return done(result);
        }
        try {
            // the answer doesn't say what undo needs, but what was left does
            Doubts.Found found = new Doubts(this.remote).find(this.operation, this.values, this.before, this.remote);
            return done((found.finding() == Doubts.Finding.HAPPENED) ? found.result() : result);
        } catch (ConnectorException ex) {
            return done(result);
        }
    }

    private StepResult done(Map<String, @Nullable Object> result) {
        this.values = this.values.withResult(result);
        Fingerprint left = (this.operation.undo() != null) ? Memo.done(result, left(this.operation.look())) : null;
        return new StepResult(result, null, left);
    }

    /** What is there now; nobody knows when that can't be seen, and the change has happened all the same. */
    private @Nullable State left(@Nullable Look look) {
        if (look == null) {
            return null;
        }
        try {
            Call call = look.request().render(this.values);
            return this.remote.state(look, call, this.remote.look(call), this.values);
        } catch (ConnectorException ex) {
            return null;
        }
    }

    /** The answer was lost, or tells nothing. */
    private StepResult found(String why) {
        try {
            Doubts.Found found = new Doubts(this.remote).find(this.operation, this.values, this.before, this.remote);
            if (found.finding() == Doubts.Finding.HAPPENED) {
                return done(found.result());
            }
        } catch (ConnectorException ex) {
            throw inDoubt(why, ex);
        }
        throw inDoubt(why, null);
    }

    private ConnectorException inDoubt(String why, @Nullable ConnectorException cause) {
        return new ConnectorException(
                why + ", so nobody knows yet whether it was done. Don't repeat it before somebody has looked", cause);
    }

    @Override
    public @Nullable Fingerprint left() {
        return this.nothingChanged ? Memo.of(Memo.Outcome.NOTHING) : null;
    }

    @Override
    public Map<String, @Nullable Object> recorded(StepResult result) {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>();
        result.output().forEach((name, value) -> recorded.put(name, recorded(value)));
        return recorded;
    }

    /** Content that was read is not kept, only how much it was. */
    private @Nullable Object recorded(@Nullable Object value) {
        if (value instanceof List<?> list && this.operation.isRead()) {
            return list.size() + " elements";
        }
        if (value instanceof Map<?, ?> map && this.operation.isRead()) {
            return map.size() + " members";
        }
        int length = (value instanceof String text)
                ? text.length()
                : Json.write(value).length();
        return (length > LONGEST_RECORDED) ? length + " characters" : value;
    }
}
