package cloud.enact.policy.check;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.EarlierAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that nobody makes: policies say what they would say.
 *
 * @param action name of the action
 * @param args its arguments
 * @param actor who asks
 * @param now when
 * @param effect how much it changes, or {@code null} when nobody measured it
 * @param run what happened before in the same run, oldest first
 */
public record PolicyCall(
        String action,
        Map<String, ? extends @Nullable Object> args,
        Actor actor,
        Instant now,
        @Nullable ActionEffect effect,
        List<EarlierAction> run) {

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    public PolicyCall {
        run = List.copyOf(run);
    }

    /** The request that policies see. */
    public ActionRequest request() {
        return new ActionRequest(
                ID,
                Run.of(new RunId(ID)),
                null,
                this.action,
                Arguments.freeze(this.args),
                this.actor,
                null,
                Reversibility.IRREVERSIBLE,
                this.now,
                this.effect);
    }

    /** What policies that look back see: the run, and nothing of any other. */
    public ActionHistory history() {
        return ActionHistory.of(this.run);
    }
}
