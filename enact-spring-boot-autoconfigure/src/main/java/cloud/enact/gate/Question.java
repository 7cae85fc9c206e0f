package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that policies want a person to look at.
 *
 * @param request the call
 * @param decision what the policies say: ASK
 * @param asks the verdicts behind it that nobody has answered yet
 * @param conversation the conversation it belongs to, or {@code null} when none is known
 * @param within the action it is a step of, or {@code null} for an action of its own
 * @param found looks at what the call is about to change, as far as anything can be told; asked for calls that people
 *     are asked about only, and may throw
 * @param wish what the calling code wants, or {@code null} when it is policies that ask
 * @param waits whether the caller can be kept waiting
 * @param awaited what the caller has been kept waiting for, or {@code null} when it was not
 */
record Question(
        ActionRequest request,
        Decision decision,
        List<Verdict> asks,
        @Nullable String conversation,
        @Nullable String within,
        Supplier<@Nullable Object> found,
        @Nullable ApprovalWish wish,
        boolean waits,
        @Nullable ApprovalRequest awaited) {

    /** Whether the call is stopped only because people have to be asked. */
    static boolean isAsked(Decision decision) {
        return decision.effect() == Effect.ASK && decision.enforced() == Effect.ASK;
    }

    /** The verdicts behind an ASK. */
    static List<Verdict> asks(Decision decision) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.effect() == Effect.ASK && verdict.mode() != EnactMode.OBSERVE)
                .toList();
    }
}
