package cloud.enact.policy;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action that ran, or may have run, before the one that is judged. Immutable.
 *
 * @param action name of the action
 * @param args its arguments as its receipt has them: secrets are masked
 * @param actor id of the {@link Actor} who asked
 * @param timestamp when it was decided
 * @param effect how much it changed, or {@code null} where nobody measured it
 * @param actionId its id, or {@code null} where nobody knows it
 * @param failed whether it is known to have failed before it took any step
 */
public record EarlierAction(
        String action,
        Map<String, @Nullable Object> args,
        String actor,
        Instant timestamp,
        @Nullable ActionEffect effect,
        @Nullable UUID actionId,
        boolean failed) {

    /** An action that did not fail. */
    public EarlierAction(
            String action,
            Map<String, @Nullable Object> args,
            String actor,
            Instant timestamp,
            @Nullable ActionEffect effect) {
        this(action, args, actor, timestamp, effect, null, false);
    }
}
