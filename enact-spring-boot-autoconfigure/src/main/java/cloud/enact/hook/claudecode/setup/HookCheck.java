package cloud.enact.hook.claudecode.setup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks whether the guard is asked about an event, always and rightly. */
final class HookCheck {

    private static final Set<String> ALL = Set.of("", "*", ".*", "^.*$");

    private final GuardAddress address;

    private final @Nullable AgentVersion version;

    HookCheck(GuardAddress address, @Nullable AgentVersion version) {
        this.address = address;
        this.version = version;
    }

    /** What is wrong: nothing as soon as one hook of the layers is as it should be. */
    List<Finding> findings(WantedHooks.Event event, List<Layer> layers) {
        Set<String> defects = new LinkedHashSet<>();
        for (Layer layer : layers) {
            for (JsonNode group : layer.settings().path("hooks").path(event.name())) {
                for (JsonNode hook : group.path("hooks")) {
                    if (!HookSettings.isOfGuard(hook)) {
                        continue;
                    }
                    List<String> wrong = defects(event, group, hook);
                    if (wrong.isEmpty()) {
                        return List.of();
                    }
                    wrong.forEach(defect ->
                            defects.add("The hook of " + event.name() + " in " + layer.file() + " " + defect));
                }
            }
        }
        return defects.isEmpty()
                ? List.of(Finding.hole("No hook asks the guard about " + event.name() + ": " + event.otherwise()))
                : defects.stream().map(Finding::hole).toList();
    }

    private List<String> defects(WantedHooks.Event event, JsonNode group, JsonNode hook) {
        List<String> defects = new ArrayList<>();
        String matcher = group.has("matcher") ? group.get("matcher").asString("?") : "";
        if (event.matches() && !ALL.contains(matcher)) {
            defects.add("has the matcher '" + matcher + "', so it asks about nothing else; the matcher must be '*'");
        }
        if (hook.has("if") || group.has("if")) {
            defects.add("has an 'if', so it does not ask about everything; leave it out");
        }
        if (hook.path("async").asBoolean(false)) {
            defects.add("is 'async', so nobody waits for its answer; leave that out");
        }
        String url = hook.path("url").asString("");
        if (!this.address.isSaidBy(url)) {
            defects.add("asks " + url + " and not " + this.address + "; name the guard with --url if that is right");
        }
        if (!sendsToken(hook)) {
            defects.add("does not send the token: it needs the header 'Authorization: " + WantedHooks.AUTHORIZATION
                    + "', and " + WantedHooks.TOKEN + " in allowedEnvVars");
        }
        failure(event, hook, defects);
        return defects;
    }

    private void failure(WantedHooks.Event event, JsonNode hook, List<String> defects) {
        AgentVersion known = this.version;
        if (known != null && !known.failsClosed() && hook.has("onFailure")) {
            defects.add("has 'onFailure', which Claude Code " + known + " does not know, so that it may drop the hook;"
                    + " update Claude Code");
        } else if (event.blocks()
                && (known == null || known.failsClosed())
                && !hook.path("onFailure").asString("").equals("block")) {
            defects.add("has no 'onFailure': 'block', so the agent goes on when the guard does not answer");
        }
    }

    private static boolean sendsToken(JsonNode hook) {
        if (!(hook.get("headers") instanceof ObjectNode headers)) {
            return false;
        }
        boolean sent = headers.properties().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Authorization")
                        && Set.of(WantedHooks.AUTHORIZATION, "Bearer ${" + WantedHooks.TOKEN + "}")
                                .contains(header.getValue().asString("")));
        return sent && HookSettings.contains(hook.path("allowedEnvVars"), WantedHooks.TOKEN);
    }
}
