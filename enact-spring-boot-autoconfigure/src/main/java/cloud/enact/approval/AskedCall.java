package cloud.enact.approval;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The call a person is asked about, as it may be shown to one. Immutable.
 *
 * @param runId the run it was asked in
 * @param actionId the call
 * @param action name of the action
 * @param requester who asks for it
 * @param conversation the conversation it belongs to, or {@code null} when none is known
 * @param payload its arguments, masked
 * @param asks verdicts that want a person to look at it, at least one
 * @param effect how much it changes, or {@code null} when nobody has measured it
 * @param reversibility whether it can be taken back
 */
public record AskedCall(
        RunId runId,
        UUID actionId,
        String action,
        Actor requester,
        @Nullable String conversation,
        Map<String, @Nullable Object> payload,
        List<Verdict> asks,
        @Nullable ActionEffect effect,
        Reversibility reversibility) {

    public AskedCall {
        asks = List.copyOf(asks);
        if (asks.isEmpty()) {
            throw new IllegalArgumentException("Nobody wants a person to look at " + action);
        }
    }
}
