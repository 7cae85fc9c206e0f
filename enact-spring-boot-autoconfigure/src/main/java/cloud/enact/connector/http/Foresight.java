package cloud.enact.connector.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees the remote system as it is going to be when newer steps are undone. Looks at each place once. */
final class Foresight implements Eye {

    private final Eye eye;

    private final Map<String, Answer> seen = new HashMap<>();

    Foresight(Eye eye) {
        this.eye = eye;
    }

    @Override
    public Answer look(Call call) {
        return this.seen.computeIfAbsent(call.target(), target -> this.eye.look(call));
    }

    /** Takes a step for undone. */
    void undone(HttpOperation operation, Values values, @Nullable State before) {
        Look capture = operation.capture();
        if (capture != null && before != null) {
            foresee(capture, values, before);
        } else if (operation.after() != null) {
            foresee(operation.after(), values, State.nothing());
        }
    }

    private void foresee(Look look, Values values, State state) {
        Call call = look.request().render(values);
        Object document = look(call).document();
        this.seen.put(
                call.target(),
                state.gone()
                        ? new Answer(look.gone().get(0), Values.ABSENT, false, null, null, false)
                        : new Answer(200, look.foreseen(document, state), false, null, null, false));
    }
}
