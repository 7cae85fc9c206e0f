package cloud.enact.connector.http;

import cloud.enact.action.ShortText;
import cloud.enact.undo.Restoration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says by looking whether one step can be undone. Changes nothing. */
final class Judge {

    private static final int LONGEST_SHOWN = 60;

    private final Remote remote;

    private final HttpOperation operation;

    private final UndoRule rule;

    private final Memo memo;

    private final Eye eye;

    private Values values;

    private @Nullable String etag;

    Judge(Remote remote, HttpOperation operation, UndoRule rule, Memo memo, Values values, Eye eye) {
        this.remote = remote;
        this.operation = operation;
        this.rule = rule;
        this.memo = memo;
        this.values = values;
        this.eye = eye;
    }

    Judgement judge() {
        if (this.memo.outcome() == Memo.Outcome.NOTHING) {
            return answer(Restoration.ALREADY_RESTORED, "The step failed before it changed anything");
        }
        State after = this.memo.after();
        if (this.memo.outcome() == Memo.Outcome.UNKNOWN) {
            Doubts.Found found =
                    new Doubts(this.remote).find(this.operation, this.values, this.memo.before(), this.eye);
            if (found.finding() == Doubts.Finding.NOTHING) {
                return answer(Restoration.ALREADY_RESTORED, "The step's answer was lost, and there is no trace of it");
            }
            if (found.finding() == Doubts.Finding.UNKNOWN) {
                return answer(
                        Restoration.PENDING,
                        "The answer to " + this.operation.request() + " was lost, and nobody can tell whether it was"
                                + " done. Look there; take it back by hand if it was, then skip this step");
            }
            this.values = this.values.withResult(found.result());
        } else {
            this.values = this.values.withResult(this.memo.result());
        }
        if (isVerified(this.eye)) {
            return answer(Restoration.ALREADY_RESTORED, "It was undone already, as " + verifying() + " says");
        }
        return compared(after);
    }

    private Judgement compared(@Nullable State after) {
        Look capture = this.operation.capture();
        State before = this.memo.before();
        State found = (capture != null) ? look(capture) : null;
        // where no field tells, only 'verify' does
        boolean tells = before != null
                && (this.rule.verify() == null || !before.fields().isEmpty());
        if (capture != null && found != null && tells && found.same(Objects.requireNonNull(before))) {
            return answer(Restoration.ALREADY_RESTORED, capture.request() + " is as before the step already");
        }
        Look look = this.operation.look();
        if (look == null) {
            return answer(Restoration.RESTORED, "Going to be undone with " + this.rule.request());
        }
        State now = (look == capture && found != null) ? found : look(look);
        if (now.gone() && capture == null) {
            return answer(Restoration.ALREADY_RESTORED, "What the step made is gone already");
        }
        State left = (after != null) ? after : look.expected(this.values);
        if (left == null) {
            return answer(
                    Restoration.CONFLICT,
                    "Nobody could look at what the step left, so nobody can tell whether it is still there. It was"
                            + " not touched; look at it, then skip this step or force it");
        }
        return now.same(left)
                ? answer(Restoration.RESTORED, "Going to be undone with " + this.rule.request())
                : answer(Restoration.CONFLICT, difference(look, left, now));
    }

    private State look(Look look) {
        Call call = look.request().render(this.values);
        Answer answer = this.eye.look(call);
        this.etag = answer.etag();
        return this.remote.state(look, call, answer, this.values);
    }

    /** Whether the remote system says that it is undone. */
    boolean isVerified(Eye looking) {
        UndoRule.Verify verify = this.rule.verify();
        if (verify == null) {
            return false;
        }
        Call call = verify.request().render(this.values);
        Answer answer = looking.look(call);
        if (verify.condition().holds(answer, this.values)) {
            return true;
        }
        if (!answer.isSuccess() && answer.status() != 404 && answer.status() != 410) {
            throw this.remote.told().refused(call, answer);
        }
        return false;
    }

    /** Values for the requests of undo. */
    Values values() {
        return this.values;
    }

    private String verifying() {
        return (this.rule.verify() != null) ? this.rule.verify().request().toString() : "it";
    }

    private String difference(Look look, State left, State now) {
        String what;
        if (now.gone()) {
            what = "nothing is there any more";
        } else if (left.gone()) {
            what = "the step left nothing, and something is there";
        } else {
            List<String> fields = new ArrayList<>();
            left.differences(now)
                    .forEach(name -> fields.add(name + shown(now.fields().get(name))));
            what = "it is no longer as the step left it: " + String.join(", ", fields);
        }
        return look.request() + ": " + what + ". It was not touched; look at it, then skip this step or force it";
    }

    private String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return " differs";
        }
        String text = this.remote.told().clean(String.valueOf(value));
        return " is now '" + ShortText.of(text, LONGEST_SHOWN) + "'";
    }

    private Judgement answer(Restoration restoration, String detail) {
        return new Judgement(restoration, detail, this.values.result(), this.etag);
    }
}
