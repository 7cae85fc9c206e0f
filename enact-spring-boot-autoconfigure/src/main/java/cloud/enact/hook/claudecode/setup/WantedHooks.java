package cloud.enact.hook.claudecode.setup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The hooks that make Claude Code ask the guard. */
final class WantedHooks {

    /** The environment variable with the token. */
    static final String TOKEN = "ENACT_HOOK_TOKEN";

    static final String AUTHORIZATION = "Bearer $" + TOKEN;

    static final List<Event> EVENTS = List.of(
            new Event("PreToolUse", 120, true, true, "tools run without being judged"),
            new Event("PermissionRequest", 120, true, true, "what a dialog permits is not judged"),
            new Event("PostToolUse", 30, true, true, "outcomes and calls that nobody asked about are not on record"),
            new Event("PostToolUseFailure", 30, true, true, "calls that failed are not on record as such"),
            new Event("PermissionDenied", 30, true, false, "calls that the agent refused itself stay open"),
            new Event("UserPromptSubmit", 30, false, true, "prompts are not judged"),
            new Event("ConfigChange", 30, true, true, "settings may change while the agent works"),
            new Event("SubagentStop", 30, true, false, "calls of a sub-agent stay open until the end of the session"),
            new Event("Stop", 30, false, false, "calls stay open until the end of the session"),
            new Event("SessionEnd", 1, true, false, "calls stay open until their time is over"));

    private WantedHooks() {}

    /**
     * An event to be asked about.
     *
     * @param name its name
     * @param timeout how many seconds the guard may take
     * @param matches whether a matcher can narrow it
     * @param blocks whether it can be stopped when the guard does not answer
     * @param otherwise what is so when nobody asks
     */
    record Event(String name, int timeout, boolean matches, boolean blocks, String otherwise) {

        /** The entry of this event. */
        ObjectNode entry(GuardAddress address, @Nullable AgentVersion version) {
            JsonNodeFactory json = JsonNodeFactory.instance;
            ObjectNode hook = json.objectNode();
            hook.put("type", "http");
            hook.put("url", address.toString());
            hook.put("timeout", this.timeout);
            // versions that don't know it may drop the whole entry
            if (this.blocks && version != null && version.failsClosed()) {
                hook.put("onFailure", "block");
            }
            hook.putObject("headers").put("Authorization", AUTHORIZATION);
            hook.putArray("allowedEnvVars").add(TOKEN);
            ObjectNode entry = json.objectNode();
            entry.put("matcher", "*");
            entry.putArray("hooks").add(hook);
            return entry;
        }
    }
}
