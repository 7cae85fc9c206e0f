package cloud.enact.bench.hook;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What agents at work ask for: every call before it runs, and a hundred requests later after it ran. Half of the calls
 * are commands, a quarter reads files, the rest edits them and searches; everything is allowed.
 */
final class SessionRequests {

    private static final int LAG = 100;

    private static final List<String> COMMANDS = List.of(
            "git status --short",
            "npm test -- --watch=false 2>&1 | tail -40",
            "grep -rn 'TODO' src | head -20",
            "git add -A && git commit -m 'Fix rounding of totals'",
            "ls -la src/main && wc -l src/main/*.ts",
            "mkdir -p build/reports && node scripts/report.js > build/reports/today.txt");

    private final JsonMapper json = new JsonMapper();

    private final URI address;

    private final String token;

    private final Path workspace;

    private SessionRequests(URI address, String token, Path workspace) {
        this.address = address;
        this.token = token;
        this.workspace = workspace;
    }

    /** Requests about files that it writes first. */
    static SessionRequests about(Path workspace, URI address, String token) throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.writeString(workspace.resolve("file" + i + ".ts"), "export const a = 1;\n".repeat(200));
        }
        return new SessionRequests(address, token, workspace);
    }

    /** The same requests, sent to somewhere else. */
    SessionRequests to(URI other) {
        return new SessionRequests(other, this.token, this.workspace);
    }

    /** The request of a number: even ones come before a call, odd ones after one. */
    OpenLoop.Request get(int number) {
        int call = number / 2;
        if (number % 2 == 0 || call < LAG) {
            // calls of the very first requests end never: each call has an identifier of its own
            return post(event("PreToolUse", number % 2 == 0 ? call : -1 - call));
        }
        ObjectNode after = event("PostToolUse", call - LAG);
        after.putObject("tool_response").put("stdout", "done").put("stderr", "");
        return post(after);
    }

    private OpenLoop.Request post(ObjectNode body) {
        return new OpenLoop.Request(this.address, this.token, this.json.writeValueAsBytes(body));
    }

    private ObjectNode event(String name, int call) {
        int kind = Math.floorMod(call, 20);
        String file = this.workspace.resolve("file" + kind + ".ts").toString();
        ObjectNode body = this.json.createObjectNode();
        body.put("session_id", "session-" + Math.floorMod(call, 50));
        body.put("transcript_path", this.workspace + "/transcript.jsonl");
        body.put("cwd", this.workspace.toString());
        body.put("permission_mode", "default");
        body.put("hook_event_name", name);
        body.put("tool_use_id", "toolu_" + call);
        if (kind < 10) {
            tool(body, "Bash", input -> input.put("command", COMMANDS.get(kind % COMMANDS.size())));
        } else if (kind < 15) {
            tool(body, "Read", input -> input.put("file_path", file));
        } else if (kind < 18) {
            tool(
                    body,
                    "Edit",
                    input -> input.put("file_path", file)
                            .put("old_string", "a = 1")
                            .put("new_string", "a = 1"));
        } else {
            tool(body, "Grep", input -> input.put("pattern", "export").put("path", this.workspace.toString()));
        }
        return body;
    }

    private static void tool(ObjectNode body, String name, Function<ObjectNode, ObjectNode> input) {
        body.put("tool_name", name);
        input.apply(body.putObject("tool_input"));
    }
}
