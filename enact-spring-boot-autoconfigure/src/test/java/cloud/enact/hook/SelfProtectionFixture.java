package cloud.enact.hook;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A guard that knows where it is, and calls that it is asked about. */
abstract class SelfProtectionFixture {

    static final GuardPlaces PLACES = new GuardPlaces(
            Set.of("/srv/keys/signing.pem"),
            Set.of("/srv/guard/receipts.db"),
            Set.of("/srv/guard/policies", "/opt/guard/enact-guard.jar"),
            4711,
            "/usr/bin/java -jar /opt/guard/enact-guard.jar --server.port=8099",
            Set.of(8099),
            Set.of("guard.enact.example"));

    final SelfProtection protection = SelfProtection.of(PLACES, "/home/ana");

    List<Verdict> shell(String command) {
        return objections(
                "claude_code.bash", tool("Bash", ToolKind.SHELL, command, List.of(), null), Map.of("command", command));
    }

    List<Verdict> file(String name, ToolKind kind, String path) {
        return objections(
                "claude_code." + name.toLowerCase(),
                tool(name, kind, null, List.of(path), null),
                Map.of("file_path", path, "content", "x"));
    }

    List<Verdict> objections(String action, AgentTool tool, Map<String, Object> input) {
        AgentCall call = call(AgentEvent.BEFORE_TOOL, "PreToolUse", action, tool, input);
        return this.protection.objections(call, request(call));
    }

    static AgentTool tool(String name, ToolKind kind, String command, List<String> paths, String url) {
        return new AgentTool(name, name, kind, "a.b", null, null, command, paths, url);
    }

    static AgentCall call(AgentEvent event, String name, String action, AgentTool tool, Map<String, Object> input) {
        return new AgentCall(
                "claude-code", event, name, "s", "c", null, "/home/ana/web", null, action, tool, input, Map.of(), null);
    }

    static ActionRequest request(AgentCall call) {
        SessionKey session = new SessionKey("ana", "claude-code", "s");
        return new ActionRequest(
                session.run().id().value(),
                session.run(),
                null,
                String.valueOf(call.action()),
                call.input(),
                Actor.of("ana"),
                null,
                Reversibility.IRREVERSIBLE,
                Instant.EPOCH);
    }
}
