package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Undoes one step that may be undone, and reads it back. */
final class Restorer {

    /** What the key of a step is followed by in that of its undo. */
    static final String UNDO_KEY = "-undo";

    private static final int PRECONDITION_FAILED = 412;

    private final Remote remote;

    private final UndoRecord record;

    private final HttpOperation operation;

    private final UndoRule rule;

    private final Memo memo;

    private final Judge judge;

    Restorer(Remote remote, UndoRecord record, HttpOperation operation, UndoRule rule, Memo memo, Judge judge) {
        this.remote = remote;
        this.record = record;
        this.operation = operation;
        this.rule = rule;
        this.memo = memo;
        this.judge = judge;
    }

    StepRestoration restore(@Nullable String etag) {
        Call call = call(etag);
        Answer answer = null;
        String trouble = null;
        try {
            answer = this.remote.send(call, this.rule.idempotency() != null);
            if (answer.status() == PRECONDITION_FAILED && this.rule.request().ifMatch()) {
                return answer(
                        Restoration.CONFLICT,
                        this.rule.request() + " was refused: somebody changed it at this moment. It was not touched;"
                                + " look at it, then try again");
            }
            if (this.rule.already().contains(answer.status())) {
                return answer(
                        Restoration.ALREADY_RESTORED,
                        this.rule.request() + " was answered with " + answer.status() + ": nothing was left to undo");
            }
            if (!this.rule.success().holds(answer, this.judge.values())) {
                trouble = this.remote.told().sentence(call, answer);
            }
            if (trouble != null && answer.isRefusal()) {
                return answer(Restoration.FAILED, "Not undone: " + trouble + ". Settle that, then try again");
            }
        } catch (NoAnswerException ex) {
            if (!ex.isSent()) {
                throw ex;
            }
            trouble = ex.getMessage();
        }
        return readBack(answer, trouble);
    }

    private Call call(@Nullable String etag) {
        Map<String, String> more = new LinkedHashMap<>();
        if (this.rule.idempotency() != null) {
            more.put(this.rule.idempotency(), this.memo.key() + UNDO_KEY);
        }
        if (this.rule.request().ifMatch()) {
            if (etag == null) {
                throw new ConnectorException("what is there has no entity tag, so nobody can tell whether somebody"
                        + " changes it meanwhile");
            }
            more.put("If-Match", etag);
        }
        return this.rule.request().render(this.judge.values()).with(more);
    }

    /** Only what is seen counts, whatever the answer was. */
    private StepRestoration readBack(@Nullable Answer answer, @Nullable String trouble) {
        String seen;
        try {
            seen = unlike();
        } catch (ConnectorException ex) {
            return answer(
                    Restoration.FAILED,
                    ((trouble != null) ? trouble + ", and it" : "It") + " could not be read back: " + ex.getMessage()
                            + ". It may be undone; try again, which looks first");
        }
        if (seen != null) {
            return answer(
                    Restoration.FAILED,
                    ((trouble != null) ? trouble : this.rule.request() + " was done") + ", and read back " + seen
                            + ". Look at it, then try again");
        }
        StepRestoration restored =
                answer(Restoration.RESTORED, "Undone with " + this.rule.request() + " and read back");
        return (answer != null && !this.rule.result().isEmpty())
                ? restored.with(Remote.result(this.rule.result(), answer, false))
                : restored;
    }

    /** What is not as it was before, or {@code null} when everything is. */
    private @Nullable String unlike() {
        if (this.rule.verify() != null) {
            return this.judge.isVerified(this.remote) ? null : "it is not undone";
        }
        Look look = this.operation.capture();
        State before = this.memo.before();
        if (look == null || before == null) {
            look = this.operation.after();
            before = State.nothing();
        }
        if (look == null) {
            return "nobody can tell";
        }
        Values values = this.judge.values();
        Call call = look.request().render(values);
        State now = this.remote.state(look, call, this.remote.look(call), values);
        if (now.same(before)) {
            return null;
        }
        return (now.gone() || before.gone())
                ? "it is " + (now.gone() ? "gone" : "still there")
                : String.join(", ", before.differences(now)) + " still differ from before";
    }

    private StepRestoration answer(Restoration restoration, String detail) {
        return StepRestoration.of(this.record, restoration, detail);
    }
}
