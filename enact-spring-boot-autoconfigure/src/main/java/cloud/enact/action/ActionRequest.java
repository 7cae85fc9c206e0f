package cloud.enact.action;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call that wants to happen. Deeply immutable: a policy can't change what will be executed.
 *
 * @param actionId id of this call, a version 7 UUID
 * @param run the run it belongs to
 * @param parentActionId the governed call it was made from, or {@code null}
 * @param action name of the action, {@code system.operation}
 * @param args named arguments as JSON-like values, see {@link Arguments}
 * @param actor who asks
 * @param resource what it is done to, or {@code null} when unknown
 * @param reversibility whether it can be taken back, as far as known before it runs
 * @param timestamp when it was asked, from the application's clock
 * @param effect how much it changes, or {@code null} as long as nobody has measured it
 */
public record ActionRequest(
        UUID actionId,
        Run run,
        @Nullable UUID parentActionId,
        String action,
        Map<String, @Nullable Object> args,
        Actor actor,
        @Nullable ResourceRef resource,
        Reversibility reversibility,
        Instant timestamp,
        @Nullable ActionEffect effect) {

    public ActionRequest {
        args = Arguments.freeze(args);
    }

    /** A call whose effect nobody has measured. */
    public ActionRequest(
            UUID actionId,
            Run run,
            @Nullable UUID parentActionId,
            String action,
            Map<String, @Nullable Object> args,
            Actor actor,
            @Nullable ResourceRef resource,
            Reversibility reversibility,
            Instant timestamp) {
        this(actionId, run, parentActionId, action, args, actor, resource, reversibility, timestamp, null);
    }

    /** The same call, now that its effect is known. */
    public ActionRequest with(ActionEffect effect) {
        return new ActionRequest(
                this.actionId,
                this.run,
                this.parentActionId,
                this.action,
                this.args,
                this.actor,
                this.resource,
                this.reversibility,
                this.timestamp,
                effect);
    }

    /** The system it is done in, see {@link #systemOf}. */
    public String system() {
        return systemOf(this.action);
    }

    /** The part of an action's name before the last dot, or {@code tool} for a name without one. */
    public static String systemOf(String action) {
        int dot = action.lastIndexOf('.');
        return (dot > 0) ? action.substring(0, dot) : "tool";
    }
}
