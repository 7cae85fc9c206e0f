package cloud.enact.policy.cerbos;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.ToolUse;
import cloud.enact.policy.cerbos.CheckRequest.Principal;
import cloud.enact.policy.cerbos.CheckRequest.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says in the words of Cerbos-format policies what a call is.
 *
 * <ol>
 *   <li>As an action: kind {@code postgres}, action {@code delete_row} and {@code postgres.delete_row}, the arguments as
 *       attributes.
 *   <li>As the use of a tool: kind {@code PreToolUse}, action {@code delete_row}, attributes as the hook of a coding
 *       agent has them. What comes from such a hook is asked about in its own words: kind of its event, name of its tool,
 *       or {@code event} where no tool is used.
 * </ol>
 *
 * The principal is the actor. What Enact knows besides stands below the attribute {@code enact}, where neither arguments
 * nor attributes of the actor can put anything.
 */
final class RequestMapping {

    private static final String TOOL_USE = "PreToolUse";

    /** What is asked for where no tool is used. */
    private static final String EVENT = "event";

    private static final String OURS = "enact";

    private final String version;

    private final String scope;

    RequestMapping(String version, String scope) {
        this.version = version;
        this.scope = scope;
    }

    /** The requests that policies are asked about one call. */
    List<CheckRequest> requests(ActionRequest call) {
        Principal principal = principal(call.actor());
        return List.of(action(call, principal), toolUse(call, principal));
    }

    private CheckRequest action(ActionRequest call, Principal principal) {
        Map<String, @Nullable Object> attr = new LinkedHashMap<>(call.args());
        attr.put(
                OURS,
                Map.of(
                        "action", call.action(),
                        "system", call.system(),
                        "reversibility", call.reversibility().name()));
        String operation = operation(call);
        List<String> actions = operation.equals(call.action()) ? List.of(operation) : List.of(operation, call.action());
        return request(call, principal, call.system(), attr, actions);
    }

    private CheckRequest toolUse(ActionRequest call, Principal principal) {
        ToolUse hook = ToolUse.of(call.actor()).orElse(null);
        Map<String, @Nullable Object> attr = new LinkedHashMap<>();
        if (hook == null) {
            attr.put("hook_event_name", TOOL_USE);
            attr.put("tool_name", operation(call));
            attr.put("tool_input", call.args());
            return request(call, principal, TOOL_USE, attr, List.of(operation(call)));
        }
        String tool = hook.tool();
        if (tool == null) {
            attr.putAll(call.args());
        } else {
            attr.put("tool_name", tool);
            attr.put("tool_input", call.args());
        }
        attr.put("hook_event_name", hook.event());
        attr.put("session_id", hook.session());
        attr.put("tool_use_id", hook.callId());
        attr.put("agent_id", hook.subagent());
        attr.put("cwd", hook.cwd());
        attr.put("permission_mode", hook.permissionMode());
        attr.values().removeIf(Objects::isNull);
        return request(call, principal, hook.event(), attr, List.of((tool != null) ? tool : EVENT));
    }

    private CheckRequest request(
            ActionRequest call,
            Principal principal,
            String kind,
            Map<String, @Nullable Object> attr,
            List<String> actions) {
        ResourceRef resource = call.resource();
        String id = (resource != null) ? resource.id() : "";
        return new CheckRequest(
                principal, new Resource(kind, id, attr, this.version, this.scope), actions, Map.of(), call.timestamp());
    }

    private Principal principal(Actor actor) {
        Map<String, @Nullable Object> attr = new LinkedHashMap<>(actor.attributes());
        Map<String, @Nullable Object> ours = new LinkedHashMap<>();
        ours.put("agent", actor.agent());
        ours.put("on_behalf_of", actor.onBehalfOf());
        ours.put("source", actor.source());
        attr.put(OURS, ours);
        return new Principal(actor.id(), List.copyOf(actor.roles()), attr, this.version, this.scope);
    }

    private static String operation(ActionRequest call) {
        return call.action().substring(call.action().lastIndexOf('.') + 1);
    }
}
